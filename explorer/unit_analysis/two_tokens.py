"""What the last two tokens alone say of a label: its mean after the same two in other text.

A label that they say as well as a unit does is no discovery: a lookup in a table would follow it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.unit_analysis.labels import Tokens, Values

Array = npt.NDArray[Any]
Pair = tuple[str, str]

_BEFORE_ALL = ""  # stands before the first token


@dataclass(frozen=True)
class PairSums:
    """How often each label is defined after a pair of tokens, and what it adds up to there.

    Attributes:
        pairs: M pairs; one may be there several times.
        sums: (M, 2, K) of K labels.
    """

    pairs: tuple[Pair, ...]
    sums: Array

    def __add__(self, other: "PairSums") -> "PairSums":
        return PairSums(self.pairs + other.pairs, np.concatenate([self.sums, other.sums]))


def pair_sums(sequences: Sequence[Tokens], labels: Values) -> PairSums:
    """Those of some sequences, whose labels (K, N) stand one after another."""
    pairs = [pair for tokens in sequences for pair in _pairs(tokens)]
    numbers: dict[Pair, int] = {}
    of = np.array([numbers.setdefault(pair, len(numbers)) for pair in pairs], dtype=np.intp)
    defined = ~np.isnan(labels)
    sums = np.zeros((len(numbers), 2, len(labels)))
    np.add.at(sums, of, np.stack([defined, np.where(defined, labels, 0)]).transpose(2, 0, 1))
    return PairSums(tuple(numbers), sums)


class Counting:
    """Adds up pair sums of ever more text."""

    def __init__(self, labels: int) -> None:
        self._numbers: dict[Pair, int] = {}
        self._sums = np.zeros((1024, 2, labels))

    def add(self, more: PairSums) -> None:
        """Takes these in."""
        numbers = self._numbers
        rows = [numbers.setdefault(pair, len(numbers)) for pair in more.pairs]
        if len(numbers) > len(self._sums):
            room = np.zeros((2 * len(numbers), *self._sums.shape[1:]))
            room[: len(self._sums)] = self._sums
            self._sums = room
        np.add.at(self._sums, rows, more.sums)

    def fitted(self) -> "TwoTokens":
        """What the text so far says."""
        return TwoTokens.of(self._numbers, self._sums[: len(self._numbers)])


@dataclass(frozen=True)
class TwoTokens:
    """The mean of each label after two tokens, drawn to that after the last one where few were.

    Attributes:
        numbers: The row of each pair that was seen.
        after_pair: (M, K).
        lasts: The row of each last token.
        after_last: (V, K), drawn to the mean of all.
        mean: (K,) over all text.
    """

    numbers: Mapping[Pair, int]
    after_pair: Array
    lasts: Mapping[str, int]
    after_last: Array
    mean: Array

    @classmethod
    def of(cls, numbers: Mapping[Pair, int], sums: Array) -> "TwoTokens":
        """By sums (M, 2, K); each mean counts the one that it is drawn to as one token more."""
        lasts: dict[str, int] = {}
        last_of = np.array([lasts.setdefault(last, len(lasts)) for _, last in numbers], np.intp)
        of_lasts = np.zeros((len(lasts), *sums.shape[1:]))
        np.add.at(of_lasts, last_of, sums)
        count, total = sums.sum(axis=0)
        mean = total / np.maximum(count, 1)  # (K,)
        after_last = _mean(of_lasts, mean)
        return cls(dict(numbers), _mean(sums, after_last[last_of]), lasts, after_last, mean)

    def predicted(self, sequences: Sequence[Tokens]) -> Array:
        """What they say at each token of some sequences, (K, N), one after another."""
        rows = [self._row(pair) for tokens in sequences for pair in _pairs(tokens)]
        return np.array(rows).reshape(-1, len(self.mean)).T

    def _row(self, pair: Pair) -> Array:
        if (number := self.numbers.get(pair)) is not None:
            row: Array = self.after_pair[number]
            return row
        last = self.lasts.get(pair[1])
        return self.mean if last is None else self.after_last[last]


def _pairs(tokens: Tokens) -> Iterator[Pair]:
    return zip((_BEFORE_ALL, *tokens), tokens, strict=False)


def _mean(sums: Array, towards: Array) -> Array:
    counts, totals = sums[:, 0], sums[:, 1]
    found: Array = (totals + towards) / (counts + 1)
    return found
