"""A unit of the text, and one click to what becomes of the text when it is held at its mean."""

import streamlit as st

from explorer.models.own_folder import is_own
from explorer.recurrence.intervention import Intervention
from explorer.web.kit.frame import Frame
from explorer.web.kit.widgets import example
from explorer.web.pages.gates.changes import Changes
from explorer.web.pages.gates.parameters import CHANGE, SHOW
from explorer.web.pages.gates.story_view import offer_story
from explorer.web.shared.reading import Case
from explorer.web.shared.units import unit_view
from explorer.web.shared.units.measured import measured


def show_unit(frame: Frame, case: Case) -> None:
    """A unit's view."""
    unit_view.show_unit(frame, case, offer=_offer)


def _offer(frame: Frame, case: Case, held: Intervention, title: str) -> None:
    known = measured(case.text.model)
    names = known.names_of(case.focus.layer, case.focus.unit) if known else ()
    with st.container(key=frame.address.key("unit.held")):
        example(frame, title, {SHOW: "what-if", CHANGE: Changes((held,))}, key="unit.hold")
        if is_own(case.text.model):  # the story is written for the shipped ones
            return
        offer_story(
            frame,
            case,
            quantity=held.quantity,
            mean=unit_view.mean_of(case, known, held.quantity),
            named=names[0] if names else None,
        )
