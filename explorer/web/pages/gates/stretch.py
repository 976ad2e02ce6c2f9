"""A stretch of a text, as the address writes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from explorer.text.numbers import read_whole


@dataclass(frozen=True)
class Stretch:
    """Steps from the first to the last."""

    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"


def read_stretch(text: str) -> Stretch | None:
    """What the address says.

    Raises:
        ValueError: It says no stretch.
    """
    first, _dash, last = text.partition("-")
    stretch = Stretch(read_whole(first), read_whole(last))
    if not 0 <= stretch.first <= stretch.last:
        raise ValueError(text)
    return stretch


def longest_word(tokens: Sequence[str]) -> Stretch | None:
    """The longest run of letters, the first of several; None where there are no letters."""
    runs = groupby(range(len(tokens)), key=lambda step: tokens[step].isalpha())
    words = [list(steps) for letters, steps in runs if letters]
    longest = max(words, key=len, default=None)
    return Stretch(longest[0], longest[-1]) if longest else None
