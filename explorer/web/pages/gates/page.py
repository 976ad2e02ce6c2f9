"""A gate page from top to bottom: the controls stand before torch has been imported."""

import streamlit as st

from explorer.models.card import Card
from explorer.web.kit.errors import readable_errors
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.presentation import folded
from explorer.web.kit.views import imported, show_views
from explorer.web.kit.widgets import chosen
from explorer.web.pages.gates.parameters import CHANGE, SHOW
from explorer.web.pages.gates.views import READ, TEXT, VIEWS
from explorer.web.shared.reading_controls import Text, choose_text

_TEXT = "explorer.web.pages.gates.text_views"


def show(frame: Frame, cell: str) -> None:
    """The model and the text, then what the model makes of it."""
    with readable_errors():
        view = chosen(frame, SHOW)
        asked = _ask(frame, cell) if VIEWS[view].needs else ()
        if view != "what-if":  # then the address alone remembers the changes
            st.session_state.pop(frame.address.key(CHANGE.name), None)
        needs = {
            READ: lambda frame, page: imported(f"{_TEXT}:read_below")(frame, page, *asked),
            TEXT: lambda frame, page: imported(f"{_TEXT}:show_read")(frame, page, *asked),
            "model": lambda *_drawn: asked,
        }
        given = show_views(frame, SHOW, VIEWS, needs, alone={READ, TEXT}, buttons_first=True)
        if given and VIEWS[view].needs in (READ, TEXT):
            imported(f"{_TEXT}:show_parity")(*asked[:1], given[0])


def _ask(frame: Frame, cell: str) -> tuple[Card, Text]:
    with folded(_("Model and text"), ":material/tune:"):
        return choose_text(frame, cell)
