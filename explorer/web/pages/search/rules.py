"""The rules that the searches keep to: width, α, and what is rarely changed. Brings in no torch."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

import streamlit as st

from explorer.models import catalogue
from explorer.text.vocabulary import numbers
from explorer.web.kit.field import type_text
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.widgets import choose, number
from explorer.web.pages.search.parameters import (
    ALPHA,
    LONGEST,
    ONLY,
    SECONDS,
    STOP,
    WIDTH,
    Stopping,
)
from explorer.web.pages.search.searchable_models import Kind
from explorer.web.shared.length_exponent import ask_alpha

_FIRST_WIDTH: Mapping[Kind, int] = MappingProxyType(
    {"table": 2, "translation": 5, "language model": 5, "hugging face": 5}
)


@dataclass(frozen=True)
class Rules:
    """What every search keeps to.

    Attributes:
        width: k of the beam; of the other searches, how many hypotheses they give.
        alpha: The exponent of the length.
        longest: The most tokens, the ending one included; `AUTOMATIC` for the subject's own.
        stopping: When the beam stops.
        seconds: What exact or exhaustive search may take.
        only: The only tokens that may come; all where there is none.
    """

    width: int
    alpha: float
    longest: int
    stopping: Stopping
    seconds: int
    only: tuple[str, ...]


def ask_rules(frame: Frame, subject: str, kind: Kind) -> Rules:
    """Width and α in the open, the others behind a button."""
    width = number(frame, _("Beam width k"), WIDTH.starting(_FIRST_WIDTH[kind]), width=150)
    alpha = ask_alpha(frame, ALPHA)
    with st.popover(_("More rules"), icon=":material/tune:"):
        longest = number(frame, _("Maximum length in tokens (0 = default)"), LONGEST)
        stopping = choose(frame, _("The beam stops"), STOP)
        said = _("Time limit of exact and exhaustive search (seconds)")
        seconds = number(frame, said, SECONDS)
        only = _ask_only(frame, subject, kind)
    return Rules(width, alpha, longest, stopping, seconds, only)


def _ask_only(frame: Frame, subject: str, kind: Kind) -> tuple[str, ...]:
    """The words that a model is held to, which makes exhaustive search possible."""
    if kind == "table":
        return ()
    return type_text(
        frame,
        _("Allow only these tokens (separated by spaces)"),
        ONLY,
        read=partial(_written_by, subject if kind != "hugging face" else None),
        help=_(
            "A handful makes the search space small enough for exhaustive search. All "
            "searches are restricted to them; the probabilities remain the model's own."
        ),
    )


def _written_by(subject: str | None, text: str) -> tuple[str, ...]:
    """The different tokens of a text, each one that the model ``subject`` writes.

    What a Hugging Face model writes only its tokenizer knows, which is asked when it is loaded.
    """
    words = tuple(dict.fromkeys(text.split()))
    if words and subject is not None:
        numbers(words, catalogue.card(subject).vocabulary)
    return words
