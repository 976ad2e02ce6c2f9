"""How much of a corpus's batches is padding, by the way in which they are put together."""

import numpy as np
import streamlit as st

from explorer.corpus.padding import Padding, fixed_share
from explorer.figures.series import Axis
from explorer.locale import N_
from explorer.text.numbers import percent
from explorer.web.kit.figure import show_altair
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.widgets import slide, slide_options
from explorer.web.pages.corpus import computed
from explorer.web.pages.corpus.parameters import SEED, SIZE, STEPS
from explorer.web.pages.corpus.source import Chosen

_SIZES = tuple(SIZE.options)
_WAYS = {
    "fixed": N_("fixed length"),
    "random": N_("at random"),
    "bucketed": N_("bucketed by length"),
}


def show_padding(frame: Frame, chosen: Chosen) -> None:
    """Three ways at the chosen batch size, and over all of them."""
    seed = frame.address.value(SEED)
    at = {size: computed.padding_of(chosen.key, size, seed, chosen.lengths) for size in _SIZES}
    left, right = st.columns([2, 3], gap="large")
    with left:
        chosen_size = slide_options(frame, _("Batch size"), SIZE)
        num_steps = slide(frame, _("Steps (`num_steps`)"), STEPS)
        fixed = fixed_share(chosen.lengths.every(), num_steps)
        st.markdown(_said(at[chosen_size], fixed, size=chosen_size, num_steps=num_steps))
        st.caption(
            _(
                "One epoch of all pairs, both languages together. At random or bucketed, a batch "
                "is padded only to its longest sentence, and nothing is truncated. Bucketed "
                "batches contain sentences of similar length; the larger the batch, the more the "
                "lengths differ."
            )
        )
    ways = {
        "fixed": [fixed] * len(_SIZES),
        "random": [of.random for of in at.values()],
        "bucketed": [of.bucketed for of in at.values()],
    }
    chart = computed.chart(
        {way: (np.array(_SIZES), np.array(values)) for way, values in ways.items()},
        names={way: _(label) for way, label in _WAYS.items()},
        x=Axis(_("batch size"), logarithmic=True, marks=_SIZES),
        y=Axis(_("share of padding"), percent=True),
        chosen=chosen_size,
    )
    with right:
        show_altair(frame, chart, "padding")


def _said(of: Padding, fixed: float, *, size: int, num_steps: int) -> str:
    return _(
        "At batch size {size}, **{random}** of all positions are padding when sentences "
        "are drawn at random, and **{bucketed}** when they are bucketed by length. With "
        "every row {num_steps} long, as in the book, **{fixed}** are padding, and longer "
        "sentences are truncated."
    ).format(
        size=size,
        num_steps=num_steps,
        random=percent(of.random, 1),
        bucketed=percent(of.bucketed, 1),
        fixed=percent(fixed, 1),
    )
