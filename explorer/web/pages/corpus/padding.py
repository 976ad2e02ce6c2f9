"""How much of a corpus's batches is padding, by the way in which they are put together."""

import numpy as np
import streamlit as st

from explorer.corpus.padding import Padding, fixed_share
from explorer.figures.series import Axis
from explorer.locale import N_
from explorer.web.kit.figure import show_altair
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.pages.corpus import computed
from explorer.web.pages.corpus.controls import SIZES, Settings
from explorer.web.pages.corpus.source import Chosen

_WAYS = {
    "fixed": N_("all of one length"),
    "random": N_("at random"),
    "bucketed": N_("bucketed by length"),
}


def show_padding(frame: Frame, chosen: Chosen, settings: Settings) -> None:
    """Three ways at the chosen batch size, and over all of them."""
    st.header(_("Padding is work for nothing"))
    at = {
        size: computed.padding_of(chosen.key, size, settings.seed, chosen.lengths) for size in SIZES
    }
    fixed = fixed_share(chosen.lengths.every(), settings.num_steps)
    left, right = st.columns([2, 3], gap="large")
    with left:
        st.markdown(_said(frame, at[settings.size], fixed, settings))
        st.caption(
            _(
                "One epoch of all pairs, both sides together. The last two are padded only to the "
                "longest sentence of their batch and cut nothing. Bucketed batches hold neighbours "
                "in length; as they are larger, neighbours are less alike."
            )
        )
    ways = {
        "fixed": [fixed] * len(SIZES),
        "random": [of.random for of in at.values()],
        "bucketed": [of.bucketed for of in at.values()],
    }
    chart = computed.chart(
        {way: (np.array(SIZES), np.array(values)) for way, values in ways.items()},
        names={way: _(label) for way, label in _WAYS.items()},
        x=Axis(_("sentences in a batch"), logarithmic=True, marks=SIZES),
        y=Axis(_("share of padding"), percent=True),
        chosen=settings.size,
    )
    with right:
        show_altair(frame, chart, "padding")


def _said(frame: Frame, of: Padding, fixed: float, settings: Settings) -> str:
    return _(
        "In batches of {size}, **{random}** of all places are padding when sentences are drawn at "
        "random, and **{bucketed}** when they are bucketed by length. Rows that are all "
        "{num_steps} long, as in the book, are **{fixed}** padding, and cut what is longer."
    ).format(
        size=settings.size,
        num_steps=settings.num_steps,
        random=f"{of.random:.1%}",
        bucketed=f"{of.bucketed:.1%}",
        fixed=f"{fixed:.1%}",
    )
