"""Labels of sentence pairs: of an English source once it is read, of what a decoder writes.

A source's labels are defined at its last token alone, where the encoder hands over its state. They
are told by function words, so each is undefined where these do not decide: a tense of a sentence
that has no auxiliary, a subject that is no pronoun.
"""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

import numpy as np

from explorer.text.vocabulary import EOS
from explorer.unit_analysis.labels import Labels, Tokens, Values, counted

_NOT = frozenset(("not", "n't", "never", "cannot", "nothing", "nobody", "no"))
SUBJECTS = ("i", "you", "he", "she", "it", "we", "they")
_PLURAL = frozenset(("we", "they"))
_PAST = frozenset(("was", "were", "did", "had", "went", "said", "made", "came", "got", "saw"))
_FUTURE = frozenset(("will", "'ll", "won't", "shall"))
_PRESENT = frozenset(("is", "are", "am", "do", "does", "has", "'s", "'re", "'m"))
_NE = frozenset(("ne", "n'"))


def negation(words: Tokens) -> bool | None:
    """Whether the sentence denies something."""
    return any(word in _NOT or word.endswith("n't") for word in words)


def question(words: Tokens) -> bool | None:
    """Whether the sentence asks something."""
    return "?" in words


def subject(words: Tokens, *, pronoun: str) -> bool | None:
    """Whether the first pronoun that can be a subject is this one."""
    found = _subject(words)
    return None if found is None else found == pronoun


def plural_subject(words: Tokens) -> bool | None:
    """Whether that pronoun is “we” or “they”; undefined for “you”, which may be either."""
    found = _subject(words)
    return None if found in (None, "you") else found in _PLURAL


def past(words: Tokens) -> bool | None:
    """Whether the first word that shows a tense shows the past."""
    return _tense(words, _PAST)


def future(words: Tokens) -> bool | None:
    """Whether it shows the future."""
    return _tense(words, _FUTURE)


def source_length(words: Tokens) -> float | None:
    """How many words and marks the sentence has."""
    return len(words)


def words_left(tokens: Tokens) -> Values:
    """How many tokens are still to be written, the end not counted."""
    return np.arange(len(tokens) - 1, -1, -1, dtype=np.float64)


def words_written(tokens: Tokens) -> Values:
    """How many tokens have been written."""
    return np.arange(len(tokens), dtype=np.float64)


def pas_owed(tokens: Tokens) -> Values:
    """Whether “ne” has been written and a “pas” that belongs to it has not."""
    ne = np.array([token in _NE for token in tokens], bool)
    done = np.array([token in ("pas", ".", "!", "?") for token in tokens], bool)
    comes = np.array(["pas" in tokens[place:] for place in range(1, len(tokens) + 1)], bool)
    owed: Values = ((counted(ne, done) > 0) & comes).astype(np.float64)
    return owed


def owed(tokens: Tokens, *, any_of: str) -> Values:
    """Whether one of these characters is still to be written."""
    comes = np.array([token in any_of for token in tokens], bool)
    later = np.cumsum(comes[::-1])[::-1] - comes
    found: Values = (later > 0).astype(np.float64)
    return found


def coming(tokens: Tokens, *, token: str) -> Values:
    """Whether this is the next to be written."""
    return np.array([*(one == token for one in tokens[1:]), False], np.float64)


def end_next(tokens: Tokens) -> Values:
    """Whether nothing but the end is to be written."""
    last: Values = (words_left(tokens) == 0).astype(np.float64)
    return last


def at_the_end(of: Callable[[Tokens], float | None], tokens: Tokens) -> Values:
    """A property of a whole sentence, defined at its last token alone."""
    found = np.full(len(tokens), np.nan)
    value = of([token.lower() for token in tokens if token != EOS])
    if len(found) and value is not None:
        found[-1] = value
    return found


_OF_SENTENCES: dict[str, Callable[[Tokens], float | None]] = {
    "negation": negation,
    "question": question,
    **{f"subject {name}": partial(subject, pronoun=name) for name in SUBJECTS},
    "plural subject": plural_subject,
    "past": past,
    "future": future,
    "source length": source_length,
}
SOURCE_LABELS: Labels = MappingProxyType(
    {name: partial(at_the_end, of) for name, of in _OF_SENTENCES.items()}
)
_OF_ANY_TARGET: Labels = {
    "words left": words_left,
    "words written": words_written,
    "end next": end_next,
}
TARGET_LABELS: Mapping[str, Labels] = MappingProxyType(
    {
        "fr": {
            **_OF_ANY_TARGET,
            "“pas” next": partial(coming, token="pas"),
            "“pas” owed": pas_owed,
        },
        "zh": {
            **_OF_ANY_TARGET,
            "“了” next": partial(coming, token="了"),
            "“吗” owed": partial(owed, any_of="吗"),
            "negation owed": partial(owed, any_of="不没别"),
        },
    }
)
"""Of what a decoder writes, by its language."""


def _subject(words: Tokens) -> str | None:
    return next((word for word in words if word in SUBJECTS), None)


def _tense(words: Tokens, wanted: frozenset[str]) -> bool | None:
    telling = _PAST | _FUTURE | _PRESENT
    found = next((word for word in words if word in telling), None)
    return None if found is None else found in wanted
