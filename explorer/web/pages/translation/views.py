"""What the page shows of one translation. Brings in torch, unlike the controls above it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

import streamlit as st

from explorer.locale import N_
from explorer.seq2seq.input_diagnostics import clean
from explorer.web.kit.choice import choose, chosen
from explorer.web.kit.errors import readable_errors
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.pages.translation.attribution_view import show_words
from explorer.web.pages.translation.controls import Asked
from explorer.web.pages.translation.difference import show_difference
from explorer.web.pages.translation.gate_timeline import show_gates
from explorer.web.pages.translation.model_card import show_card
from explorer.web.pages.translation.padding import show_padding
from explorer.web.pages.translation.reference import show_reference
from explorer.web.pages.translation.result import Case, find_case
from explorer.web.pages.translation.source_changes import ask_change
from explorer.web.pages.translation.teacher_forcing import show_forcing
from explorer.web.pages.translation.token_view import show_sentence
from explorer.web.shared.claims.view import show_claims
from explorer.web.shared.input_remarks import show_remarks
from explorer.web.shared.models import translator

#: A view of no sentence in particular, so it stands in the place of the translation.
CLAIMS = "claims"
VIEWS: Mapping[str, tuple[str, Callable[[Frame, Case], None]]] = MappingProxyType(
    {
        "gates": (N_("Gates and states"), show_gates),
        "words": (N_("Source words"), show_words),
        "change": (N_("Effect of the change"), show_difference),
        "reference": (N_("A reference"), show_reference),
        "forcing": (N_("Teacher forcing"), show_forcing),
        "padding": (N_("Padding and the mask"), show_padding),
        "model": (N_("The model"), show_card),
    }
)


def show_translation(frame: Frame, asked: Asked) -> None:
    """The translation word by word, what if, and the view that the reader chose."""
    if chosen(frame, "show", [*VIEWS, CLAIMS], default="gates") == CLAIMS:
        _choose_view(frame)
        show_claims(frame, "9.7")
        return
    model = translator(asked.model)
    show_remarks(frame, model, asked.text)
    asked = replace(asked, text=clean(asked.text))
    sentence_place = st.container()
    change = ask_change(frame, asked, model)  # stays in reach whatever the change leads to
    with sentence_place:
        with st.spinner(_("Translating …")):
            case = find_case(asked, change.text, change.prefix)
        if change.text != asked.text:
            show_remarks(frame, model, change.text, besides=asked.text)
        show_sentence(frame, case, change)
    with readable_errors():  # what a view cannot show leaves the translation standing
        VIEWS[_choose_view(frame)][1](frame, case)


def _choose_view(frame: Frame) -> str:
    shown = {name: _(title) for name, (title, _view) in VIEWS.items()} | {CLAIMS: _("Claims")}
    return choose(frame, _("Show"), "show", shown, default="gates")
