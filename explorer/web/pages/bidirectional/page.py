"""The page from top to bottom: the controls stand before torch has been imported."""

import streamlit as st

from explorer.web.kit.choice import choose
from explorer.web.kit.errors import readable_errors
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.pages.bidirectional.controls import Asked, ask
from explorer.web.pages.bidirectional.options import OF_A_SENTENCE, VIEWS


def show(frame: Frame) -> None:
    """The view that the reader chose, and the sentence if it is of one."""
    shown = {name: _(title) for name, title in VIEWS.items()}
    view = choose(frame, _("Show"), "show", shown, default="fill")
    with readable_errors():
        asked: Asked | None = ask(frame) if view in OF_A_SENTENCE else None
        with st.spinner(_("Loading the model …")):
            from explorer.web.pages.bidirectional.views import show_of_sentence, show_view
        if asked is not None:
            show_of_sentence(frame, view, asked)
        else:
            show_view(frame, view)
