"""A claim of the chapter with its verdict, the same on every page. Brings in no torch."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

import streamlit as st

from explorer.experiments.experiment import Judgement, Result, Verdict
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
_NAMES = {verdict: icon.removeprefix(":material/")[:-1] for verdict, icon in ICONS.items()}
_LABELS = ", ".join(f'[aria-label="{name} icon"]' for name in _NAMES.values())
_SIGNED = ":is(p, .stMarkdownColoredText)"
_SIGN = f"""
{_SIGNED} > [role="img"]:is({_LABELS}) {{ display: none !important; }}
{_SIGNED}:has(> [role="img"])::before {{
  display: inline-block; vertical-align: -0.15em; font: 400 1em/1 "Material Symbols Rounded";
}}
"""


def say_icons() -> None:
    """Lets the sign before a claim's name be heard as the verdict, and not as the sign's own name.

    Elsewhere the verdict's words stand beside the sign, which then says nothing.
    """
    rules = "".join(
        f'{_SIGNED}:has(> [aria-label="{name} icon"])::before {{ content: "{name}" / ""; }}'
        f':is([data-testid="stPageLink"], [role="radiogroup"]) '
        f'{_SIGNED}:has(> [aria-label="{name} icon"])::before '
        f'{{ content: "{name}" / "{_(verdict)}:"; }}'
        for verdict, name in _NAMES.items()
    )
    st.html(f"<style>{_SIGN}{rules}</style>")


def show_verdict(result: Result, *, method: str = "") -> None:
    """The claim and whether it holds; folded beneath, by how much, how, and with which command.

    Args:
        result: What was measured.
        method: How, in the reader's language; none where the page says it itself.
    """
    verdict = result.judgement.verdict
    st.markdown(f"**{_(result.claim)}**")
    st.badge(_(verdict), icon=ICONS[verdict], color=COLOURS[verdict])
    with st.expander(_("Numbers, method and command")):
        st.markdown(said(result.judgement))
        if method:
            st.markdown(method)
        _show_command(result)


def _show_command(result: Result) -> None:
    """What measures it again, and how long that took."""
    seconds = f"{result.seconds:,.{0 if result.seconds >= 10 else 1}f}"
    seconds = seconds if result.seconds >= 0.1 else "< 0.1"
    st.caption(
        _("Measured by this command in {seconds} s, waiting included:").format(seconds=seconds)
    )
    st.code(result.command, language=None, wrap_lines=True)


def said(judgement: Judgement) -> str:
    """By how much, in the reader's language."""
    return _(judgement.sentence).format(**judgement.values)
