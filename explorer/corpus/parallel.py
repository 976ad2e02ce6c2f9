"""A parallel corpus as tokens: both sides in small letters, cut into words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from explorer.corpus.generic import tokenise as tokenise_any
from explorer.corpus.reading import Pairs
from explorer.text.words import tokenise

Tokeniser = Literal["en", "fr", "any"]

TOKENISERS: Mapping[Tokeniser, Callable[[str], tuple[str, ...]]] = MappingProxyType(
    {
        "en": lambda text: tokenise(text, "en"),
        "fr": lambda text: tokenise(text, "fr"),
        "any": tokenise_any,
    }
)
"""What cuts a sentence into words, by the language that it knows."""


@dataclass(frozen=True)
class Side:
    """One side of a corpus, N sentences.

    Attributes:
        sentences: In small letters.
        tokens: The words and marks of each.
    """

    sentences: tuple[str, ...]
    tokens: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Parallel:
    """Both sides of a corpus, as many sentences on each."""

    source: Side
    target: Side


def parallel(pairs: Pairs, source: Tokeniser, target: Tokeniser) -> Parallel:
    """The corpus of these pairs, in small letters as in the book (section 9.5).

    Args:
        pairs: The sentences.
        source: The tokeniser of the sentences.
        target: The tokeniser of their translations.
    """
    return Parallel(_side(pairs.sources, source), _side(pairs.targets, target))


def _side(written: tuple[str, ...], language: Tokeniser) -> Side:
    cut = TOKENISERS[language]
    sentences = tuple(sentence.lower() for sentence in written)
    return Side(sentences, tuple(cut(sentence) for sentence in sentences))
