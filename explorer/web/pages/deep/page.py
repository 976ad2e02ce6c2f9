"""The page on depth from top to bottom: what is shown is chosen before torch is imported."""

import streamlit as st

from explorer.web.kit.errors import readable_errors
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.widgets import choose
from explorer.web.pages.deep.laboratory_controls import ask
from explorer.web.pages.deep.parameters import SHOW
from explorer.web.shared.claims.view import show_claims
from explorer.web.shared.models import reading as cached_reading
from explorer.web.shared.reading_controls import choose_text


def show(frame: Frame) -> None:
    """The view that the reader chose."""
    view = choose(frame, _("Show"), SHOW)
    with readable_errors():
        if view == "training":
            _show_training(frame)
        elif view == "claims":
            show_claims(frame)
        else:
            _show_reading(frame, view)


def _show_training(frame: Frame) -> None:
    asked, anew = ask(frame)
    with st.spinner(_("Preparing the laboratory …")):
        from explorer.web.pages.deep.laboratory import show_laboratory
    show_laboratory(frame, asked, anew=anew)


def _show_reading(frame: Frame, view: str) -> None:
    """A view of what the deep model makes of the reader's text."""
    card, text = choose_text(frame, "lstm", layers=2)
    with st.spinner(_("Reading the text …")):
        reading = cached_reading(text.model, text.text)
        from explorer.web.pages.deep.views import show_reading
    show_reading(frame, card, text, reading, view)
