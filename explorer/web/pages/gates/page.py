"""A gate page from top to bottom: the controls stand before torch has been imported."""

import streamlit as st

from explorer.web.kit.errors import readable_errors
from explorer.web.kit.frame import Frame
from explorer.web.kit.views import imported, show_views
from explorer.web.kit.widgets import chosen
from explorer.web.pages.gates.parameters import CHANGE, SHOW
from explorer.web.pages.gates.views import STEP, TEXT, VIEWS
from explorer.web.shared.reading_controls import choose_text

_TEXT = "explorer.web.pages.gates.text_views"


def show(frame: Frame, cell: str) -> None:
    """The model and the text, then what the model makes of it."""
    with readable_errors():
        card, text = choose_text(frame, cell)
        view = chosen(frame, SHOW)
        if view != "what-if":  # then the address alone remembers the changes
            st.session_state.pop(frame.address.key(CHANGE.name), None)
        needs = {
            TEXT: lambda frame: imported(f"{_TEXT}:read_text")(frame, card, text),
            STEP: lambda frame: imported(f"{_TEXT}:choose_step")(frame, card, text),
            "model": lambda _frame: (card,),
        }
        given = show_views(frame, SHOW, VIEWS, needs, alone={STEP})
        if given and VIEWS[view].needs in (TEXT, STEP):
            imported(f"{_TEXT}:show_parity")(card, *given)
