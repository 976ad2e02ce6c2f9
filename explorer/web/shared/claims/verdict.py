"""A claim of the chapter with its verdict, the same on every page. Brings in no torch."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

import streamlit as st

from explorer.experiments.experiment import Judgement, Result, Verdict
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _

#: A verdict is told by its shape and its words, not by its colour alone.
ICONS: Mapping[Verdict, str] = MappingProxyType(
    {
        "holds": ":material/check_circle:",
        "holds in part": ":material/contrast:",
        "does not hold here": ":material/cancel:",
    }
)
COLOURS: Mapping[Verdict, Literal["green", "orange", "red"]] = MappingProxyType(
    {"holds": "green", "holds in part": "orange", "does not hold here": "red"}
)


def show_verdict(frame: Frame, result: Result) -> None:
    """The claim, whether it holds, by how much, and the command that measures it again."""
    st.markdown(f"**{_(result.claim)}**")
    show_judgement(frame, result.judgement)
    seconds = f"{result.seconds:,.{0 if result.seconds >= 10 else 1}f}"
    seconds = seconds if result.seconds >= 0.1 else "< 0.1"
    st.caption(_("Measured in {seconds} s with").format(seconds=seconds))
    st.code(result.command, language=None, wrap_lines=True)


def show_judgement(frame: Frame, judgement: Judgement) -> None:
    """Whether a claim holds and by how much, on one line."""
    icon, colour = ICONS[judgement.verdict], COLOURS[judgement.verdict]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(_(judgement.verdict), icon=icon, color=colour)
        st.markdown(said(frame, judgement))


def said(frame: Frame, judgement: Judgement) -> str:
    """By how much, in the reader's language."""
    return _(judgement.sentence).format(**judgement.values)
