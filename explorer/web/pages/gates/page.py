"""A gate page from top to bottom: the controls stand before torch has been imported."""

import streamlit as st

from explorer.models.card import Card
from explorer.web.kit.errors import readable_errors
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.widgets import choose, chosen
from explorer.web.pages.gates.card import show_card
from explorer.web.pages.gates.parameters import CHANGE, SHOW, WITHOUT_READING
from explorer.web.shared.models import reading as cached_reading
from explorer.web.shared.reading_controls import choose_text


def show(frame: Frame, cell: str) -> None:
    """The model and the text, then what the model makes of it."""
    with readable_errors():
        card, text = choose_text(frame, cell)
        view = chosen(frame, SHOW)
        if view != "what-if":  # then the address alone remembers the changes
            st.session_state.pop(frame.address.key(CHANGE.name), None)
        if view in WITHOUT_READING:
            choose(frame, _("Show"), SHOW)
            _show_without(frame, card, view)
            return
        with st.spinner(_("Reading the text …")):
            reading = cached_reading(text.model, text.text)
            from explorer.web.pages.gates.views import show_reading
        show_reading(frame, card, text, reading, view)


def _show_without(frame: Frame, card: Card, view: str) -> None:
    """A view that stands right below the text and does not wait for torch."""
    if view == "claims":
        from explorer.web.shared.claims.view import show_claims  # brings in altair

        show_claims(frame)
    else:
        show_card(frame, card)
