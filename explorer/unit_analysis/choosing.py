"""The first pass: what each unit does on the passages that units are chosen by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.unit_analysis.distribution import Distribution
from explorer.unit_analysis.labels import Labels
from explorer.unit_analysis.passages import Passage
from explorer.unit_analysis.reader import Reader
from explorer.unit_analysis.reading import PassageRead, Scale, read_passages
from explorer.unit_analysis.tables import strength, tables
from explorer.unit_analysis.two_tokens import Counting, PairSums, TwoTokens, pair_sums

Array = npt.NDArray[Any]

CANDIDATES = 5
"""Units that are tested for each label: those that follow it best."""


@dataclass(frozen=True)
class Overview:
    """How S series and K labels go together over some text; those of two texts add up.

    Attributes:
        distribution: Of the series.
        tables: (S, K, 2, BINS), see ``tables``.
        squares: The sum of each label's squares, (K,).
    """

    distribution: Distribution
    tables: Array
    squares: Array

    @classmethod
    def of(cls, read: PassageRead) -> "Overview":
        """That of one passage."""
        return cls(
            _distribution(read),
            tables(read.bins, read.labels),
            np.nansum(read.labels**2, axis=1),
        )

    def __add__(self, other: "Overview") -> "Overview":
        return Overview(
            self.distribution + other.distribution,
            self.tables + other.tables,
            self.squares + other.squares,
        )


def _distribution(read: PassageRead) -> Distribution:
    pieces = zip(read.passage.pieces, read.reads, read.values, read.binned, strict=True)
    found = (
        Distribution.of(values, binned, piece, one.trace) for piece, one, values, binned in pieces
    )
    return reduce(add, found)


@dataclass(frozen=True)
class Looking:
    """What the first pass needs of everything else."""

    reader: Reader
    labels: Labels
    scale: Scale


@dataclass(frozen=True)
class Looked:
    """What the first pass finds; that of two texts adds up.

    Attributes:
        overview: How series and labels go together.
        pairs: What two tokens say of the labels.
    """

    overview: Overview
    pairs: PairSums

    def __add__(self, other: "Looked") -> "Looked":
        return Looked(self.overview + other.overview, self.pairs + other.pairs)


def look(shared: Looking, passages: Sequence[Passage]) -> Looked:
    """One batch of passages, and what two tokens say of the labels there."""
    reads = list(read_passages(shared.reader, shared.labels, shared.scale, passages))
    sequences = [tokens for read in reads for tokens in read.tokens]
    labels = np.concatenate([read.labels for read in reads], axis=1)
    return Looked(reduce(add, map(Overview.of, reads)), pair_sums(sequences, labels))


def distribution(shared: Looking, passages: Sequence[Passage]) -> Distribution:
    """How the series are distributed in one batch of passages, and where they are extreme."""
    reads = read_passages(shared.reader, shared.labels, shared.scale, passages)
    return reduce(add, map(_distribution, reads))


def overview(looked: Iterator[Looked], labels: int) -> tuple[Overview, TwoTokens]:
    """What all batches amount to."""
    counting, found = Counting(labels), None
    for some in looked:
        counting.add(some.pairs)
        found = some.overview if found is None else found + some.overview
    if found is None:
        raise ValueError("there is a passage at least")
    return found, counting.fitted()


@dataclass(frozen=True)
class Pairs:
    """Series and labels that are measured together, P of them.

    Attributes:
        series: The number of each pair's series, (P,); the first S pairs are each series with the
            label that it follows best.
        labels: The number of its label, (P,).
        sense: 1 where the series rises with the label, −1 where it falls, (P,).
        tested: Which are put to the test: for each label the series that follow it best, (P,).
    """

    series: Array
    labels: Array
    sense: Array
    tested: Array

    @classmethod
    def of(cls, strengths: Array) -> "Pairs":
        """By how closely each series follows each label where units are chosen, (S, K)."""
        known = np.nan_to_num(np.abs(strengths))
        best = known.argmax(axis=1)  # (S,)
        order = np.argsort(-known, axis=0, kind="stable")[:CANDIDATES]  # (C, K)
        wanted = [(int(s), k) for k in range(known.shape[1]) for s in order[:, k] if known[s, k]]
        more = [(s, k) for s, k in wanted if best[s] != k]
        own = {s for s, k in wanted if best[s] == k}
        series = np.array([*range(len(best)), *(s for s, _ in more)])
        labels = np.array([*best.tolist(), *(k for _, k in more)])
        sense = np.where(strengths[series, labels] < 0, -1, 1)
        tested = np.array([s in own for s in range(len(best))] + [True] * len(more))
        return cls(series, labels, sense, tested)


def strengths(of: Overview, binary: Array) -> Array:
    """How closely each series follows each label, (S, K)."""
    return strength(of.tables, of.squares, binary)
