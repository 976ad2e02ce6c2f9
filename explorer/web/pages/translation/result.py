"""The translation that the page is about, computed once and kept. Brings in torch.

Whatever the reader changes (a forced beginning, a swapped word) makes another translation, which
stands beside the one that the model gave before.
"""

from dataclasses import dataclass
from functools import cached_property

import streamlit as st
import xarray as xr

from explorer.seq2seq.forced_decoding import Forced
from explorer.seq2seq.forced_decoding import forced as _forced
from explorer.seq2seq.gate_timeline import ENCODER
from explorer.seq2seq.gate_timeline import timeline as _timeline
from explorer.seq2seq.prefix_constrained import first_difference, translate_from
from explorer.seq2seq.translator import Translation, Translator
from explorer.web.pages.translation.controls import Asked
from explorer.web.shared.models import translator
from explorer.web.shared.translators import stopping

ALTERNATIVES = 6


@dataclass(frozen=True)
class Case:
    """A translation, and the one before the reader changed something.

    Attributes:
        asked: The sentence, the model and the search, as they were asked for.
        text: What was translated: the sentence, or the one with another word.
        prefix: The tokens with which the translation was made to begin.
        now: The translation.
        before: What the model gave of the sentence as it was asked for; the same where nothing
            was changed.
    """

    asked: Asked
    text: str
    prefix: tuple[str, ...]
    now: Translation
    before: Translation

    @property
    def translator(self) -> Translator:
        """The model with its words."""
        return translator(self.asked.model)

    @property
    def changed(self) -> bool:
        """Whether the reader changed anything."""
        return bool(self.prefix) or self.text != self.asked.text

    @property
    def parting(self) -> int | None:
        """The first step at which the two translations differ; None where they are one."""
        return first_difference(self.now.tokens, self.before.tokens) if self.changed else None

    @cached_property
    def forced(self) -> Forced:
        """What the model gives the translation, token by token."""
        return forced(self.asked.model, self.text, self.now)

    def timeline(self, *, before: bool = False) -> xr.Dataset:
        """Every gate and state of encoder and decoder."""
        if before:
            return timeline(self.asked.model, self.asked.text, self.before)
        return timeline(self.asked.model, self.text, self.now)


@dataclass(frozen=True)
class Timeline:
    """The steps of encoder and decoder, S of the one and T + 1 of the other.

    Attributes:
        tokens: What is read at each of them.
        trace: Every gate and state.
        divider: S, the decoder's first step.
    """

    tokens: tuple[str, ...]
    trace: xr.Dataset
    divider: int

    @classmethod
    def of(cls, trace: xr.Dataset) -> "Timeline":
        """The timeline of a trace that says which part each step belongs to."""
        tokens = tuple(trace["token"].values[0].tolist())
        return cls(tokens, trace, divider=int((trace["part"] == ENCODER).sum()))

    @property
    def decoder(self) -> "Timeline":
        """The decoder's steps alone."""
        steps = slice(self.divider, None)
        return Timeline(self.tokens[steps], self.trace.isel(step=steps), divider=0)


def find_case(asked: Asked, text: str, prefix: tuple[str, ...]) -> Case:
    """The translation of ``text`` that begins with ``prefix``, and that of what was asked for.

    Raises:
        ExplorerError: The sentence has no words, or too many, or the model's files are damaged.
    """
    search = (asked.width, asked.alpha)
    before = translated(asked.model, asked.text, (), *search)
    now = translated(asked.model, text, prefix, *search)
    return Case(asked, text, prefix, now, before)


@st.cache_data(max_entries=256, show_spinner=False)
def translated(
    model: str, text: str, prefix: tuple[str, ...], width: int, alpha: float
) -> Translation:
    """The model's best translation of ``text`` that begins with ``prefix``."""
    rule = stopping(width)
    return translate_from(translator(model), text, prefix, width=width, alpha=alpha, stopping=rule)


@st.cache_data(max_entries=256, show_spinner=False)
def forced(model: str, text: str, translation: Translation) -> Forced:
    """What the model gives ``translation``, token by token."""
    return _forced(
        translator(model),
        text,
        translation.tokens,
        alternatives=ALTERNATIVES,
        copied=translation.copied,
        finished=translation.finished,
    )


@st.cache_data(max_entries=32, show_spinner=False)
def timeline(model: str, text: str, translation: Translation) -> xr.Dataset:
    """Every gate and state of encoder and decoder over a sentence and its translation."""
    return _timeline(translator(model), text, translation.tokens, copied=translation.copied)
