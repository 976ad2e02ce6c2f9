"""A gate page from top to bottom: the controls stand before torch has been imported."""

import streamlit as st

from explorer.web.frame import Frame, readable_errors
from explorer.web.gates.text import choose_text
from explorer.web.models import reading as cached_reading


def show(frame: Frame, cell: str) -> None:
    """The model and the text, then what the model makes of it."""
    _ = frame.translate
    with readable_errors(_):
        card, text = choose_text(frame, cell)
        with st.spinner(_("Reading the text …")):
            reading = cached_reading(text.model, text.text)
            from explorer.web.gates.views import show_reading
        show_reading(frame, card, text, reading)
