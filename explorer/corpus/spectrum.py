"""How many words are how frequent, and what a minimum frequency turns into the unknown."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Spectrum:
    """A frequency spectrum: so many different words occur so many times.

    It is all that a minimum frequency needs to know, and it has none of the text.

    Attributes:
        frequencies: Rising, each from 1.
        words: How many different words have each frequency.
    """

    frequencies: tuple[int, ...]
    words: tuple[int, ...]

    @property
    def tokens(self) -> int:
        """Words of the text, each as often as it occurs."""
        return sum(f * n for f, n in zip(self.frequencies, self.words, strict=True))


@dataclass(frozen=True)
class Unknown:
    """What a minimum frequency does, M of them.

    Attributes:
        minimum: The minimum frequency of a word that is kept, (M,), from 1.
        share: Of the text's words that become ``<unk>``, (M,), 0 to 1.
        kept: Different words that are kept, (M,).
    """

    minimum: np.ndarray
    share: np.ndarray
    kept: np.ndarray


def spectrum(tokens: Iterable[str]) -> Spectrum:
    """The frequency spectrum of a text's tokens."""
    counts = Counter(Counter(tokens).values())
    frequencies = sorted(counts)
    return Spectrum(tuple(frequencies), tuple(counts[f] for f in frequencies))


def unknown(of: Spectrum, *, highest: int) -> Unknown:
    """What the minimum frequencies from 1 to ``highest`` do to a text."""
    frequencies, words = np.array(of.frequencies), np.array(of.words)  # (F,)
    minimum = np.arange(1, highest + 1)  # (M,)
    rare = frequencies < minimum[:, None]  # (M, F)
    lost = (rare * (frequencies * words)).sum(1)  # (M,)
    return Unknown(minimum, lost / max(1, of.tokens), (~rare * words).sum(1))
