"""What a minimum frequency turns into the unknown."""

import streamlit as st

from explorer.corpus.spectrum import Unknown, unknown
from explorer.figures.series import Axis
from explorer.text.numbers import percent
from explorer.web.kit.figure import show_altair
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.widgets import slide
from explorer.web.pages.corpus import computed
from explorer.web.pages.corpus.parameters import MINIMUM
from explorer.web.pages.corpus.source import Chosen


def show_unknown(frame: Frame, chosen: Chosen) -> None:
    """The slider, what it does to both sides, and the chart with its place marked."""
    left, right = st.columns([2, 3], gap="large")
    of = {
        which: unknown(side.spectrum, highest=MINIMUM.highest)
        for which, _name, side in chosen.sides
    }
    with left:
        minimum = slide(frame, _("Minimum frequency"), MINIMUM)
        for which, name, _side in chosen.sides:
            st.markdown(_said(name, of[which], minimum))
        st.caption(
            _(
                "Rare words are a larger share of the vocabulary than of the text, so a minimum "
                "frequency cuts the vocabulary by more than it cuts the text. In a new text, words "
                "that do not occur here are unknown, too."
            )
        )
    chart = computed.chart(
        {which: (figures.minimum, figures.share) for which, figures in of.items()},
        names={which: name for which, name, _side in chosen.sides},
        x=Axis(_("minimum frequency"), whole=True),
        y=Axis(_("share of tokens read as unknown"), percent=True),
        chosen=minimum,
    )
    with right:
        show_altair(frame, chart, "unknown")


def _said(name: str, of: Unknown, minimum: int) -> str:
    place = minimum - 1
    return _(
        "**{side}**: {share} of all tokens become `<unk>`; the vocabulary keeps {kept} of {all} "
        "words."
    ).format(
        side=name,
        share=percent(of.share[place], 1),
        kept=f"{of.kept[place]:,}",
        all=f"{of.kept[0]:,}",
    )
