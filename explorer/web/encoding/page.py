"""The page from top to bottom: the controls stand before torch has been imported."""

import streamlit as st

from explorer.web.encoding.ask import ask
from explorer.web.frame import Frame, readable_errors


def show(frame: Frame) -> None:
    """The two sentences, then what the encoder makes of them."""
    _ = frame.translate
    with readable_errors(_):
        asked = ask(frame)
        with st.spinner(_("Reading the sentences …")):
            from explorer.web.encoding.views import show_sentences
        show_sentences(frame, asked)
