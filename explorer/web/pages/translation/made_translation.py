"""The translation, above the views of it. Brings in torch, unlike the controls above it."""

from dataclasses import replace

import streamlit as st

from explorer.seq2seq.input_diagnostics import clean
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.presentation import folded
from explorer.web.pages.translation.controls import Asked
from explorer.web.pages.translation.result import Case, find_case
from explorer.web.pages.translation.source_changes import ask_change
from explorer.web.pages.translation.token_view import show_sentence
from explorer.web.shared.input_remarks import show_remarks
from explorer.web.shared.models import translator


def show_translation(frame: Frame, asked: Asked) -> tuple[Case]:
    """The translation word by word, and what if.

    Raises:
        ExplorerError: The sentence cannot be translated, or the model's files are damaged.
    """
    with st.spinner(_("Loading the model …")):
        model = translator(asked.model)
    show_remarks(model, asked.text)
    asked = replace(asked, text=clean(asked.text))
    sentence_place = st.container()
    with folded(_("What if"), ":material/edit:"):  # in reach whatever the change leads to
        change = ask_change(frame, asked, model)
    with sentence_place:
        with st.spinner(_("Translating …")):
            case = find_case(asked, change.text, change.prefix)
        if change.text != asked.text:
            show_remarks(model, change.text, besides=asked.text)
        show_sentence(frame, case, change)
    return (case,)
