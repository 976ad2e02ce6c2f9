"""The translation page from top to bottom: the controls stand before torch has been imported."""

import streamlit as st

from explorer.web.frame import Frame, readable_errors
from explorer.web.translation.ask import ask


def show(frame: Frame) -> None:
    """The sentence and the search, then what the model makes of them."""
    _ = frame.translate
    with readable_errors(_):
        asked = ask(frame)
        with st.spinner(_("Loading the model …")):
            from explorer.web.models import translator
            from explorer.web.translation.views import show_translation

            translator(asked.model)
        show_translation(frame, asked)
