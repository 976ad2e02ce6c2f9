"""The rules that the searches keep to: width, α, and what is rarely changed. Brings in no torch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Literal, cast

import streamlit as st

from explorer.locale import N_
from explorer.models import catalogue
from explorer.text.vocabulary import numbers
from explorer.web.kit.choice import choose
from explorer.web.kit.field import type_text
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.pages.search.searchable_models import Kind
from explorer.web.shared.length_exponent import ask_alpha

WIDEST, LONGEST, MOST_SECONDS = 50, 100, 60
AUTOMATIC = 0
"""The greatest length that the subject itself asks for."""
STOPPING = MappingProxyType(
    {
        "first k": N_("once k hypotheses are finished"),
        "nothing can win": N_("when nothing can win any more"),
    }
)
_FIRST_WIDTH: Mapping[Kind, int] = MappingProxyType(
    {"table": 2, "translation": 5, "language model": 5}
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
    stopping: Literal["first k", "nothing can win"]
    seconds: int
    only: tuple[str, ...]


def ask_rules(frame: Frame, subject: str, kind: Kind, searches: Sequence[str]) -> Rules:
    """Width and α in the open, the others behind a button."""
    address = frame.address
    width = st.number_input(
        _("Beam width k"),
        1,
        WIDEST,
        key=address.number("width", _FIRST_WIDTH[kind], 1, WIDEST),
        on_change=address.forget,
        args=("node",),
        width=150,
    )
    alpha = ask_alpha(frame, default=0.75, changed=lambda: address.forget("node"))
    with st.popover(_("More rules"), icon=":material/tune:"):
        longest = _ask_longest(frame)
        stopping = choose(
            frame,
            _("The beam stops"),
            "stop",
            {rule: _(text) for rule, text in STOPPING.items()},
            default="nothing can win",
        )
        seconds = _ask_seconds(frame)
        only = _ask_only(frame, subject, kind)
    rule = cast(Literal["first k", "nothing can win"], stopping)
    return Rules(width, alpha, longest, rule, seconds, only)


def _ask_longest(frame: Frame) -> int:
    return st.number_input(
        _("Maximum length in tokens (0 = default)"),
        AUTOMATIC,
        LONGEST,
        key=frame.address.number("longest", AUTOMATIC, AUTOMATIC, LONGEST),
        on_change=frame.address.forget,
        args=("node",),
    )


def _ask_seconds(frame: Frame) -> int:
    return st.number_input(
        _("Time limit of exact and exhaustive search (seconds)"),
        1,
        MOST_SECONDS,
        key=frame.address.number("seconds", 10, 1, MOST_SECONDS),
    )


def _ask_only(frame: Frame, subject: str, kind: Kind) -> tuple[str, ...]:
    """The words that a model is held to, which makes exhaustive search possible."""
    if kind == "table":
        return ()
    return type_text(
        frame,
        _("Allow only these tokens (separated by spaces)"),
        "only",
        "",
        read=partial(_written_by, subject),
        changed=lambda: frame.address.forget("node"),
        help=_(
            "A handful makes the search space small enough for exhaustive search. All "
            "searches are restricted to them; the probabilities remain the model's own."
        ),
    )


def _written_by(subject: str, text: str) -> tuple[str, ...]:
    """The different tokens of a text, each one that the model ``subject`` writes."""
    words = tuple(dict.fromkeys(text.split()))
    if words:
        numbers(words, catalogue.card(subject).vocabulary)
    return words
