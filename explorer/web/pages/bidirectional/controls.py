"""The sentence and its blank: the first controls. Brings in no torch."""

from dataclasses import dataclass

import streamlit as st

from explorer.cloze.blanked_sentence import read
from explorer.locale import N_
from explorer.web.kit.field import type_text
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.presentation import folded
from explorer.web.kit.widgets import example
from explorer.web.pages.bidirectional.parameters import NOWHERE, PLACE, TEXT

#: The first three are those of *Dive into Deep Learning*, section 9.4; the others are ours.
EXAMPLES = {
    N_("No words after"): "I am ___.",
    N_("One word after"): "I am ___ hungry.",
    N_("More words after"): TEXT.default,
    N_("Who?"): "___ loves his mother.",
    N_("Which verb?"): "We ___ the train because it was raining.",
    N_("Singular or plural"): "The ___ are sleeping under the table.",
}


@dataclass(frozen=True)
class Asked:
    """The sentence as it was typed, and the place of the word that was clicked."""

    text: str
    place: int | None


def ask(frame: Frame) -> Asked:
    """Examples, the sentence, and the word that is blanked."""
    with folded(_("Sentence"), ":material/tune:"):
        with st.container(horizontal=True, gap="small"):
            for number, (title, text) in enumerate(EXAMPLES.items()):
                example(frame, _(title), {TEXT: text}, key=f"text.example{number}")
        text = type_text(frame, _("English sentence; ___ marks the blank"), TEXT, read=_read)
    place = frame.address.value(PLACE)
    return Asked(text, None if place == NOWHERE else place)


def _read(text: str) -> str:
    """The same text; an ExplorerError if it is no sentence."""
    read(text)
    return text
