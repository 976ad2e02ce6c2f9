"""The translation page from top to bottom: the controls stand before torch has been imported."""

import streamlit as st

from explorer.web.kit.errors import readable_errors
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.pages.translation.controls import ask


def show(frame: Frame) -> None:
    """The sentence and the search, then what the model makes of them."""
    with readable_errors():
        asked = ask(frame)
        with st.spinner(_("Loading the model …")):
            from explorer.web.pages.translation.views import show_translation
            from explorer.web.shared.models import translator

            translator(asked.model)
        show_translation(frame, asked)
