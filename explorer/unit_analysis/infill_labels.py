"""Labels of English sentences that are read word by word, from either end.

Tokens come in the order in which they are read, so that one label serves both directions: what has
been read of the sentence, and what is left of it. Beside a blank these are its two sides.
"""

from collections.abc import Callable
from functools import partial
from types import MappingProxyType

import numpy as np

from explorer.text.vocabulary import BOS, EOS
from explorer.unit_analysis.labels import Labels, Tokens, Values
from explorer.unit_analysis.translation_labels import (
    SUBJECTS,
    future,
    negation,
    past,
    plural_subject,
    question,
    subject,
    words_left,
    words_written,
)

Property = Callable[[Tokens], float | None]


def read(of: Property, tokens: Tokens) -> Values:
    """A property of the words that have been read; undefined where these do not decide."""
    return _each(of, [tokens[: place + 1] for place in range(len(tokens))])


def left(of: Property, tokens: Tokens) -> Values:
    """A property of the words that are still to be read."""
    return _each(of, [tokens[place + 1 :] for place in range(len(tokens))])


def _each(of: Property, parts: list[Tokens]) -> Values:
    found = (of([token.lower() for token in part if token not in (BOS, EOS)]) for part in parts)
    return np.array([np.nan if value is None else value for value in found], np.float64)


INFILL_LABELS: Labels = MappingProxyType(
    {
        "words read": words_written,
        "words left": words_left,
        "negation read": partial(read, negation),
        "negation left": partial(left, negation),
        "question read": partial(read, question),
        "question left": partial(left, question),
        **{f"subject {name}": partial(read, partial(subject, pronoun=name)) for name in SUBJECTS},
        "plural subject": partial(read, plural_subject),
        "past": partial(read, past),
        "future": partial(read, future),
    }
)
