"""Texts cut into passages, each read by itself from a state of zeros.

A passage is wholly of those that units are chosen by or wholly of those that they are measured on,
so that the two never share a text, nor a state that remembers it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

LENGTH = 1000
"""Characters of a passage, if paragraphs end there; four times as many at most."""
SHORTEST = 250
"""Characters of a passage of a short text, so that there are several."""
SENTENCES = 32
"""Sentence pairs of a passage."""

_PARAGRAPH = re.compile(r"[^\n][\s\S]*?(?:\n\s*\n|\Z)|\s+")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True)
class Piece:
    """What is read in one go.

    Attributes:
        text: Of which text it is, from 0.
        start: How many characters of that text stand before it.
        content: What stands in it; of a sentence pair, both with a tab between them.
    """

    text: int
    start: int
    content: str


@dataclass(frozen=True)
class Passage:
    """Pieces that belong together, N of them.

    Attributes:
        number: Which passage it is, from 0.
        pieces: One of a text, many of sentence pairs.
    """

    number: int
    pieces: tuple[Piece, ...]

    @property
    def measured(self) -> bool:
        """Whether it is measured on, not chosen by, where the texts are dealt into two."""
        return self.number % 2 == 1


def passages_of(texts: Iterable[str], *, length: int = LENGTH) -> Iterator[Passage]:
    """Passages of about ``length`` characters, cut where paragraphs end.

    A text without blank lines has a paragraph a line. A paragraph of more than four lengths is cut
    at the ends of lines, or inside one that is as long. Reads no further than it is asked to.
    """
    pieces = (
        Piece(text, start, content)
        for text, whole in enumerate(texts)
        for start, content in _cut(whole, length)
    )
    return (Passage(number, (piece,)) for number, piece in enumerate(pieces))


def passages_of_pairs(pairs: Iterable[str], *, length: int = SENTENCES) -> Iterator[Passage]:
    """Passages of so many sentence pairs, in their order; a sentence is a text."""
    pieces = (Piece(text, 0, pair) for text, pair in enumerate(pairs) if pair.strip())
    return (Passage(number, some) for number, some in enumerate(in_batches(pieces, length)))


def in_batches(given: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """So many at a time, the last ones fewer."""
    iterator = iter(given)
    while some := tuple(islice(iterator, size)):
        yield some


def _cut(text: str, length: int) -> Iterator[tuple[int, str]]:
    """Stretches of a text, each with the place where it begins."""
    pattern = _PARAGRAPH if re.search(r"\n\s*\n", text) else _LINE
    start, end = 0, 0
    for found in pattern.finditer(text):
        if found.end() - start > 4 * length and end > start:
            yield start, text[start:end]
            start = end
        end = found.end()
        while end - start > 4 * length:
            cut = text.rfind("\n", start, start + 4 * length) + 1 or start + 4 * length
            yield start, text[start:cut]
            start = cut
        if end - start >= length:
            yield start, text[start:end]
            start = end
    if start < len(text):
        yield start, text[start:]
