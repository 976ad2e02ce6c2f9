"""The search page from top to bottom: the controls stand before torch has been imported."""

import streamlit as st

from explorer.web.kit.errors import readable_errors
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.pages.search.controls import ask


def show(frame: Frame) -> None:
    """What is searched and how, then what the searches find."""
    with readable_errors():
        asked = ask(frame)
        with st.spinner(_("Loading the model …")):
            from explorer.web.pages.search.views import show_searches
        show_searches(frame, asked)
