"""The page from top to bottom: the controls stand before torch has been imported."""

import streamlit as st

from explorer.web.kit.errors import readable_errors
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.pages.encoder_decoder.controls import ask


def show(frame: Frame) -> None:
    """The two sentences, then what the encoder makes of them."""
    with readable_errors():
        asked = ask(frame)
        with st.spinner(_("Reading the sentences …")):
            from explorer.web.pages.encoder_decoder.views import show_sentences
        show_sentences(frame, asked)
