"""Which of the reader's sentences can be read, and what is to be said of them. Brings in torch."""

import streamlit as st

from explorer.errors import ExplorerError
from explorer.seq2seq.input_diagnostics import clean
from explorer.web.kit.errors import sentence
from explorer.web.kit.i18n import _
from explorer.web.pages.encoder_decoder.controls import Asked
from explorer.web.pages.encoder_decoder.values import Sentence, encoded
from explorer.web.shared.input_remarks import show_remarks
from explorer.web.shared.models import translator


def readable(asked: Asked) -> tuple[str, tuple[Sentence, ...]]:
    """The model, and the sentences that have a state; what is wrong with the others is said.

    Raises:
        ExplorerError: The model's files are missing or damaged.
    """
    # Outside the loop, so that a damaged model is one error, not the same one of each sentence.
    model = translator(asked.model)
    found = []
    for number, typed in enumerate(asked.texts):
        show_remarks(model, typed, number=number + 1)
        text = clean(typed)
        try:
            found.append(Sentence(number, text, encoded(asked.model, text)))
        except ExplorerError as error:
            _show_error(number, error)
    return asked.model, tuple(found)


def _show_error(number: int, error: ExplorerError) -> None:
    said = _("Sentence {number}: {said}").format(number=number + 1, said=sentence(error))
    st.error(said, icon=":material/error:")
