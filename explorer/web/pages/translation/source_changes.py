"""What if: a beginning forced, a source word swapped. Both stand in the address."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from explorer.locale import N_
from explorer.seq2seq.model_input import MOST_WRITTEN, target_tokens
from explorer.seq2seq.translator import Translator
from explorer.text.casing import capitalise
from explorer.text.words import detokenise
from explorer.web.kit.field import type_text, words_of
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.widgets import state
from explorer.web.pages.translation.controls import Asked
from explorer.web.pages.translation.parameters import (
    ANOTHER,
    CHANGES,
    FORCED,
    NO_WORD,
    PREFIX,
    SWAPPED,
    TOKENS,
)

_BEGINNINGS = {
    "fr": N_("French words, for example: Je me demande"),
    "zh": N_("Chinese words, for example: 我想知道"),
}


@dataclass(frozen=True)
class Change:
    """What the reader changed.

    Attributes:
        text: The source sentence, with another word where one was swapped.
        prefix: The tokens that the translation has to begin with.
        forced: The places of those that the reader chose; the others are the model's own, on the
            way to a word that was clicked.
    """

    text: str
    prefix: tuple[str, ...]
    forced: frozenset[int]


def ask_change(frame: Frame, asked: Asked, translator: Translator) -> Change:
    """A beginning to force, a source word to swap, and a way back.

    Raises:
        ExplorerError: The beginning is refused, as the one before it; the controls are drawn by
            then.
    """
    words = translator.words(asked.text)
    names = {NO_WORD: _("none")} | dict(enumerate(words))  # whole words, pieces of none
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        beginning = type_text(
            frame,
            _("What if the translation began with"),
            PREFIX,
            read=partial(_readable, translator),
            placeholder=_(_BEGINNINGS[translator.language]),
            width=330,
        ).strip()
        held = state(frame, SWAPPED.within(NO_WORD, len(words) - 1))
        place = st.selectbox(
            _("What if this word"), list(names), format_func=names.__getitem__, width=170, **held
        )
        other = type_text(
            frame, _("were replaced with"), ANOTHER, read=words_of("en"), width=170
        ).strip()
        st.button(
            _("Undo"),
            key=frame.address.key("undo"),
            icon=":material/undo:",
            on_click=frame.address.take_back,
            args=CHANGES,
        )
    clicked = tuple(frame.address.value(TOKENS).split())
    text = _swapped(words, place, other) if place != NO_WORD and other else asked.text
    prefix = _tokens(translator, beginning, clicked)
    places = frame.address.value(replace(FORCED, highest=MOST_WRITTEN, most=MOST_WRITTEN))
    return Change(text, prefix, frozenset(places or range(len(prefix))))


def force(
    frame: Frame, translator: Translator, beginning: tuple[str, ...], *, forced: Collection[int]
) -> None:
    """Makes the translation begin with other tokens, from the next run on.

    Args:
        frame: The page's frame.
        translator: The model with its words.
        beginning: The tokens.
        forced: The places of those that the reader forced before; the last is forced now.
    """
    last = len(beginning) - 1
    places = sorted({*(place for place in forced if place < last), last})
    text = _sentence(translator, beginning)
    # Not every row of tokens is what its sentence is cut into: then the row is kept beside it.
    kept = "" if target_tokens(translator, text) == beginning else " ".join(beginning)
    frame.address.put({PREFIX: text, TOKENS: kept, FORCED: places})


def _tokens(translator: Translator, beginning: str, clicked: tuple[str, ...]) -> tuple[str, ...]:
    """The tokens that were clicked, if the field still says what they say; else the field's own."""
    if not beginning or (clicked and _sentence(translator, clicked) == beginning):
        return clicked if beginning else ()
    return target_tokens(translator, beginning)


def _sentence(translator: Translator, tokens: tuple[str, ...]) -> str:
    return detokenise(capitalise(tokens), translator.language)


def _readable(translator: Translator, beginning: str) -> str:
    if beginning:
        target_tokens(translator, beginning)
    return beginning


def _swapped(words: tuple[str, ...], place: int, other: str) -> str:
    return detokenise(capitalise((*words[:place], other, *words[place + 1 :])), "en")
