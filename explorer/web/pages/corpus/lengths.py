"""How long the sentences of both sides are."""

import numpy as np
import streamlit as st

from explorer.corpus.lengths import cut_share, shares
from explorer.figures.series import Axis
from explorer.text.numbers import percent
from explorer.web.kit.figure import show_altair
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.widgets import slide
from explorer.web.pages.corpus import computed
from explorer.web.pages.corpus.parameters import STEPS
from explorer.web.pages.corpus.source import Chosen


def show_lengths(frame: Frame, chosen: Chosen) -> None:
    """The shares of sentences of each length, and where ``num_steps`` cuts them."""
    every = chosen.lengths.every()  # (N, 2)
    left, right = st.columns([2, 3], gap="large")
    with left:
        num_steps = slide(frame, _("Steps (`num_steps`)"), STEPS)
        for place, (_which, name, _side) in enumerate(chosen.sides):
            st.markdown(_said(name, every[:, place], num_steps))
        st.caption(
            _(
                "The vertical line is `num_steps`, the length of every row of a minibatch; "
                "`<eos>` takes up one position of it."
            )
        )
    longest = int(every.max())
    chart = computed.chart(
        {
            which: (np.arange(longest + 1), _padded(shares(every[:, place]), longest))
            for place, (which, _name, _side) in enumerate(chosen.sides)
        },
        names={which: name for which, name, _side in chosen.sides},
        x=Axis(_("words and punctuation marks per sentence"), whole=True),
        y=Axis(_("share of sentences"), percent=True),
        chosen=num_steps if num_steps <= longest else None,
        step=True,
    )
    with right:
        show_altair(frame, chart, "lengths")


def _said(name: str, of: np.ndarray, num_steps: int) -> str:
    return _(
        "**{side}**: half of the sentences have at most {median} words and punctuation "
        "marks; the longest has {longest}. With {num_steps} steps, {cut} of them are "
        "truncated."
    ).format(
        side=name,
        median=int(np.median(of)),
        longest=int(of.max()),
        num_steps=num_steps,
        cut=percent(cut_share(of, num_steps), 1),
    )


def _padded(of: np.ndarray, longest: int) -> np.ndarray:
    return np.pad(of, (0, longest + 1 - len(of)))
