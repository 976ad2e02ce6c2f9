"""The page of exercises from top to bottom. Brings in no torch."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

import streamlit as st

from explorer.locale import N_
from explorer.web.kit.carried import carried
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.widgets import choose
from explorer.web.pages.exercises.exercise import Answered, Exercise, Link
from explorer.web.pages.exercises.listed import EXERCISES
from explorer.web.pages.exercises.parameters import ALL, SECTION
from explorer.web.pages.exercises.program_view import offer_program
from explorer.web.shared.chapter import SECTIONS, page_title

#: A sign and a colour for each, as for verdicts.
_SAID: Mapping[Answered, tuple[str, str, Literal["green", "orange", "gray"]]] = MappingProxyType(
    {
        "here": (N_("answered here"), ":material/check_circle:", "green"),
        "in part": (N_("answered in part"), ":material/contrast:", "orange"),
        "not here": (N_("not answered here"), ":material/remove:", "gray"),
    }
)


def show(frame: Frame) -> None:
    """How many are answered, the sections to choose from, and the exercises."""
    _show_counts()
    chosen = choose(frame, _("Section"), SECTION)
    for section in SECTIONS:
        if chosen in (ALL, section.number):
            st.header(f"{section.number} {_(section.title)}")
            for exercise in EXERCISES:
                if exercise.section == section.number:
                    _show_exercise(frame, exercise)


def _show_counts() -> None:
    with st.container(horizontal=True, gap="small"):
        for answered, (said, icon, colour) in _SAID.items():
            count = sum(exercise.answered == answered for exercise in EXERCISES)
            st.badge(
                _("{name}: {value}").format(name=_(said), value=count), icon=icon, color=colour
            )


def _show_exercise(frame: Frame, exercise: Exercise) -> None:
    said, icon, colour = _SAID[exercise.answered]
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{exercise.name}** {_(exercise.asks)}")
            st.badge(_(said), icon=icon, color=colour)
        for link in exercise.links:
            _show_link(link)
        if exercise.program is not None:
            offer_program(frame, exercise.program, exercise.name)
        if exercise.missing:
            st.caption(_(exercise.missing))


def _show_link(link: Link) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.page_link(
            f"pages/{link.page}.py",
            label=f"**{page_title(link.page)}**",
            icon=":material/arrow_forward:",
            query_params={**carried(), **link.parameters},
        )
        st.markdown(_(link.look))
