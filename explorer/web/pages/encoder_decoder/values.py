"""What the views show, computed once for all sessions and kept. Brings in torch."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from explorer.recurrence.probe import Probe, linear_probe
from explorer.seq2seq.encoder_states import States, encode
from explorer.seq2seq.interpolation import Point, decode_between
from explorer.seq2seq.projections import Projection, between_groups, principal_components
from explorer.seq2seq.state_path import Path
from explorer.seq2seq.state_path import path as _path
from explorer.seq2seq.test_scores import LENGTHS
from explorer.seq2seq.translator import Translation
from explorer.text.pairs import normalised
from explorer.text.sentences import sentences
from explorer.web.pages.encoder_decoder.parameters import GROUPS
from explorer.web.shared.models import translator
from explorer.web.shared.translators import stopping

_COMPONENTS = 6
WIDTH, ALPHA = 5, 0.75
"""Of the beams that decode, and of how they rank."""
_SEARCH: Any = {"width": WIDTH, "alpha": ALPHA, "stopping": stopping(WIDTH)}


@dataclass(frozen=True)
class Sentence:
    """One of the reader's sentences that can be read.

    Attributes:
        number: 0 for the first, 1 for the second.
        text: As it was typed, a space for each character that cannot be seen.
        states: Its state, N = 1.
    """

    number: int
    text: str
    states: States

    @property
    def words(self) -> int:
        """How many words it has; marks are none."""
        return count_words(self.text)

    @property
    def context(self) -> np.ndarray:
        """The context variable, (H,)."""
        context: np.ndarray = self.states.context[0]
        return context


def count_words(text: str) -> int:
    """The words of a text; marks are none."""
    return len(normalised(text).split())


@st.cache_data(max_entries=256, show_spinner=False)
def encoded(model: str, text: str) -> States:
    """The encoder's state of one sentence.

    Raises:
        ExplorerError: It has no words, or too many.
    """
    return encode(translator(model), [text])


@st.cache_data(max_entries=256, show_spinner=False)
def decoded(model: str, text: str) -> Translation:
    """What beam search writes from the sentence's state."""
    (best,) = translator(model).translate([text], **_SEARCH)
    return best


@st.cache_data(max_entries=256, show_spinner=False)
def path(model: str, text: str) -> Path:
    """The state after every word."""
    return _path(translator(model), text)


@st.cache_data(max_entries=64, show_spinner=False)
def between(model: str, one: str, two: str) -> tuple[Point, ...]:
    """The line between two sentences' states, decoded."""
    return decode_between(translator(model), one, two, **_SEARCH)


@st.cache_data(max_entries=256, show_spinner=False)
def halfway(model: str, one: str, two: str) -> Translation:
    """What beam search writes from the point in the middle of that line."""
    _one, middle, _two = decode_between(translator(model), one, two, points=3, **_SEARCH)
    return middle.beam


@st.cache_resource(max_entries=4, show_spinner=False)
def own_contexts(model: str) -> np.ndarray:
    """The context variables of the project's own sentences, (N, H)."""
    return encode(translator(model), [sentence.english for sentence in sentences()]).context


@st.cache_resource(max_entries=32, show_spinner=False)
def projection(model: str, kind: str, colour: str) -> Projection:
    """The plane of the own sentences; ``colour`` matters where its groups decide."""
    contexts = own_contexts(model)
    if kind == GROUPS:
        return between_groups(contexts, labels(colour), _COMPONENTS)
    return principal_components(contexts, _COMPONENTS)


@st.cache_data(max_entries=32, show_spinner=False)
def probe(model: str, colour: str) -> Probe:
    """How well the label can be read off the context variable."""
    return linear_probe(own_contexts(model), labels(colour))


def labels(colour: str) -> list[str]:
    """The own sentences' labels: their ``tense``, ``subject`` or ``length``."""
    if colour == "length":
        return [_length(sentence.english) for sentence in sentences()]
    return [str(getattr(sentence, colour)) for sentence in sentences()]


def _length(text: str) -> str:
    words = count_words(text)
    return next(f"{low}–{high}" for low, high in LENGTHS if words <= high)
