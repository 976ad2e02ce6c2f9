"""The sentence and its blank: the first controls. Brings in no torch."""

from dataclasses import dataclass

import streamlit as st

from explorer.cloze.blanked_sentence import MOST, read
from explorer.locale import N_
from explorer.web.kit.field import type_text
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _

NOWHERE = -1
#: The first three are those of *Dive into Deep Learning*, section 9.4; the others are ours.
EXAMPLES = {
    N_("No words after"): "I am ___.",
    N_("One word after"): "I am ___ hungry.",
    N_("More words after"): "I am ___ hungry, and I can eat half a pig.",
    N_("Who?"): "___ loves his mother.",
    N_("Which verb?"): "We ___ the train because it was raining.",
    N_("Singular or plural"): "The ___ are sleeping under the table.",
}
FIRST = EXAMPLES["More words after"]


@dataclass(frozen=True)
class Asked:
    """The sentence as it was typed, and the place of the word that was clicked."""

    text: str
    place: int | None


def ask(frame: Frame) -> Asked:
    """Examples, the sentence, and the word that is blanked."""
    key = frame.address.key("text")
    place_key = frame.address.number("at", NOWHERE, NOWHERE, MOST)
    with st.container(horizontal=True, gap="small"):
        for number, (title, text) in enumerate(EXAMPLES.items()):
            st.button(
                _(title), key=f"{key}.example{number}", on_click=_set_text, args=(frame, text)
            )
    text = type_text(
        frame,
        _("English sentence; ___ marks the blank"),
        "text",
        FIRST,
        read=_read,
        changed=lambda: _forget_place(frame),
    )
    place = st.session_state[place_key]
    return Asked(text, None if place == NOWHERE else place)


def _read(text: str) -> str:
    """The same text; an ExplorerError if it is no sentence."""
    read(text)
    return text


def _set_text(frame: Frame, text: str) -> None:
    st.session_state[frame.address.key("text")] = text
    _forget_place(frame)


def _forget_place(frame: Frame) -> None:
    """A place is one of the old sentence."""
    st.session_state[frame.address.key("at")] = NOWHERE
