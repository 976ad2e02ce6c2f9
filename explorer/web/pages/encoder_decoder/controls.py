"""Which model reads which two sentences: the first controls. Brings in no torch."""

from dataclasses import dataclass

import streamlit as st

from explorer.locale import N_
from explorer.web.kit.field import type_text
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.parameters import Values
from explorer.web.kit.widgets import example
from explorer.web.pages.encoder_decoder.parameters import TEXTS
from explorer.web.shared.translators import choose_translator, sentence_for

#: Two sentences to click, the first pair the page's own beginning.
EXAMPLES = {
    N_("2 words and 20"): tuple(text.default for text in TEXTS),
    N_("Past and future"): ("We danced in the garden.", "We will dance in the garden."),
    N_("Who bites whom"): ("The dog bites the man.", "The man bites the dog."),
    N_("He and they"): ("He is reading a book.", "They are reading a book."),
    N_("Statement and question"): ("You know my sister.", "Do you know my sister?"),
}
_LABELS = (N_("Sentence 1, in English"), N_("Sentence 2, in English"))


@dataclass(frozen=True)
class Asked:
    """A model and the two sentences as they were typed."""

    model: str
    texts: tuple[str, str]


def ask(frame: Frame) -> Asked:
    """The model, pairs of sentences to click, and the two sentences.

    Raises:
        ExplorerError: There is no translation model.
    """
    with st.container(horizontal=True, gap="small"):
        for number, (title, texts) in enumerate(EXAMPLES.items()):
            values: Values = dict(zip(TEXTS, texts, strict=True))
            example(frame, _(title), values, key=f"example{number}")
    columns = st.columns([5, 5, 2])
    with columns[2]:
        model = choose_translator(frame)
    typed = []
    for column, label, text in zip(columns, _LABELS, TEXTS, strict=False):
        with column:
            typed.append(type_text(frame, _(label), text, read=sentence_for(model)))
    return Asked(model, (typed[0], typed[1]))
