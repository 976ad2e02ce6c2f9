"""What if: a beginning forced, a source word swapped. Both stand in the address."""

from dataclasses import dataclass

import streamlit as st

from explorer.inspection.sentence import target_tokens
from explorer.text.casing import capitalise
from explorer.text.words import detokenise
from explorer.translation.translator import Translator
from explorer.web.frame import Frame
from explorer.web.translation.ask import Asked

_NONE = -1


@dataclass(frozen=True)
class Change:
    """What the reader changed.

    Attributes:
        text: The source sentence, with another word where one was swapped.
        prefix: The tokens that the translation has to begin with.
    """

    text: str
    prefix: tuple[str, ...]


def read_change(frame: Frame, asked: Asked, translator: Translator) -> Change:
    """What the controls say, which stand further down the page.

    Raises:
        ExplorerError: The forced beginning is too long.
    """
    address = frame.address
    prefix = st.session_state[address.seed("prefix", "", str)].strip()
    words = translator.read(asked.text)
    place = st.session_state[address.number("swap", _NONE, _NONE, len(words) - 1)]
    other = st.session_state[address.seed("for", "", str)].strip()
    text = asked.text
    if place != _NONE and other:
        swapped = (*words[:place], other, *words[place + 1 :])
        text = detokenise(capitalise(swapped), "en")
    return Change(text, target_tokens(translator, prefix) if prefix else ())


def show_change(frame: Frame, asked: Asked, translator: Translator) -> None:
    """The controls: a beginning to force, a source word to swap, and a way back."""
    _, address = frame.translate, frame.address
    words = translator.read(asked.text)
    names = {_NONE: _("none")} | dict(enumerate(words))
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        st.text_input(
            _("What if the translation began with"),
            key=address.key("prefix"),
            placeholder=_("French words, for example: Je me demande"),
            width=330,
        )
        st.selectbox(
            _("What if this word"),
            list(names),
            format_func=names.__getitem__,
            key=address.key("swap"),
            width=170,
        )
        st.text_input(_("were"), key=address.key("for"), width=170)
        st.button(
            _("Undo"),
            key=address.key("undo"),
            icon=":material/undo:",
            on_click=_undo,
            args=(frame,),
        )


def force(frame: Frame, beginning: tuple[str, ...]) -> None:
    """Makes the translation begin with other tokens, from the next run on."""
    st.session_state[frame.address.key("prefix")] = detokenise(capitalise(beginning), "fr")


def _undo(frame: Frame) -> None:
    st.session_state[frame.address.key("prefix")] = ""
    st.session_state[frame.address.key("swap")] = _NONE
    st.session_state[frame.address.key("for")] = ""
