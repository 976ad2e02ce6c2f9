"""The page from top to bottom: the controls stand before torch has been imported."""

import streamlit as st

from explorer.web.bidirectional.ask import ask
from explorer.web.frame import Frame, readable_errors


def show(frame: Frame) -> None:
    """The sentence, and what the models make of it."""
    _ = frame.translate
    with readable_errors(_):
        asked = ask(frame)
        with st.spinner(_("Loading the model …")):
            from explorer.web.bidirectional.views import show_views
        show_views(frame, asked)
