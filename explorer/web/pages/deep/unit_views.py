"""The text above units of its layers: those that have a name, and what one of them does."""

from collections.abc import Callable

import streamlit as st

from explorer.models.card import Card
from explorer.recurrence.intervention import Intervention
from explorer.unit_analysis.named_units import NamedUnit
from explorer.web.kit.carried import carried
from explorer.web.kit.fragments import Surroundings, run_alone
from explorer.web.kit.frame import Frame
from explorer.web.kit.views import NEEDED
from explorer.web.pages.deep.parameters import FIRST, SHOW
from explorer.web.shared.reading import Case, choose_case, show_text
from explorer.web.shared.reading_controls import Text
from explorer.web.shared.units.chosen_units import show_named_by_layer
from explorer.web.shared.units.measured import measured
from explorer.web.shared.units.unit_view import show_unit

_ARROW = ":material/arrow_forward:"


def show_layers(frame: Frame, card: Card, text: Text) -> None:
    """The named units of every layer over the text."""
    _show_below_text(frame, card, text, show_named_by_layer)


def show_one(frame: Frame, card: Card, text: Text) -> None:
    """What the chosen unit does."""
    _show_below_text(frame, card, text, lambda frame, case: show_unit(frame, case, offer=_offer))


def _show_below_text(
    frame: Frame, card: Card, text: Text, show: Callable[[Frame, Case], None]
) -> None:
    def draw(frame: Frame, page: Surroundings) -> None:
        # A click on a unit opens another view. Its buttons are drawn already, so it is only read.
        page.depend_on(st.session_state[frame.address.key(SHOW.name)])
        case = choose_case(frame, text, _named(text.model), **FIRST)
        show_text(frame, case)
        show(frame, case)

    run_alone(frame, draw, name=NEEDED)


def _named(model: str) -> NamedUnit | None:
    """The surest of the units that have a name in the layer to begin with, if any has."""
    known = measured(model)
    return next(iter(known.chosen(1, FIRST["first_layer"])), None) if known else None


def _offer(_frame: Frame, case: Case, held: Intervention, title: str) -> None:
    """A link to the page of the cell, where any gate or state can be held."""
    where = {
        "model": case.text.model,
        "text": case.text.text,
        "show": "what-if",
        "change": held.format(),
        "layer": str(case.focus.layer),
        "unit": str(case.focus.unit),
    }
    st.page_link("pages/lstm.py", label=title, icon=_ARROW, query_params={**carried(), **where})
