"""The second pass: how closely the chosen units follow their labels on other text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.unit_analysis.choosing import Looking, Overview, Pairs
from explorer.unit_analysis.passages import Passage
from explorer.unit_analysis.reading import PassageRead, read_passages
from explorer.unit_analysis.resampling import GROUPS
from explorer.unit_analysis.shifts import ShiftSums, shift_sums
from explorer.unit_analysis.tables import BINS, Bins, tables
from explorer.unit_analysis.two_tokens import TwoTokens

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Measure:
    """What is measured of S series, P pairs and K labels; those of two texts add up.

    Attributes:
        overview: Of everything.
        groups: Of each group of passages the tables of the pairs, (P, 2, BINS), and the sum of each
            pair's label's squares, (P,).
        shifts: Of the tested pairs.
        baseline: The tables of what two tokens say of each label, (K, 2, BINS).
    """

    overview: Overview
    groups: Mapping[int, tuple[Array, Array]]
    shifts: ShiftSums
    baseline: Array

    def __add__(self, other: "Measure") -> "Measure":
        return Measure(
            self.overview + other.overview,
            _joined(self.groups, other.groups),
            self.shifts + other.shifts,
            self.baseline + other.baseline,
        )


@dataclass(frozen=True)
class Measuring:
    """What the second pass needs.

    Attributes:
        looking: What the first one needed.
        pairs: What is measured.
        scores: The rank that stands for each bin of each series, (S, BINS).
        two_tokens: What the last two tokens say of each label.
        two_token_bins: The bins of what they say.
        draws: How often labels are shifted.
        seed: Decides by how much.
    """

    looking: Looking
    pairs: Pairs
    scores: Array
    two_tokens: TwoTokens
    two_token_bins: Bins
    draws: int
    seed: int


def measure(shared: Measuring, passages: Sequence[Passage]) -> Measure:
    """One batch of passages."""
    looking = shared.looking
    reads = read_passages(looking.reader, looking.labels, looking.scale, passages)
    return reduce(add, (_measured(shared, read) for read in reads))


def _measured(shared: Measuring, read: PassageRead) -> Measure:
    pairs, overview = shared.pairs, Overview.of(read)
    of_pairs = overview.tables[pairs.series, pairs.labels]  # (P, 2, BINS)
    group = of_pairs.astype(np.float32), overview.squares[pairs.labels]
    series = pairs.series[pairs.tested]
    ranks = np.take_along_axis(shared.scores[series], read.bins[series].astype(np.intp), axis=1)
    return Measure(
        overview,
        {read.passage.number % GROUPS: group},
        shift_sums(
            ranks,
            read.labels[pairs.labels[pairs.tested]],
            draws=shared.draws,
            seed=(shared.seed, read.passage.number),
        ),
        _baseline(shared, read),
    )


def _joined(
    some: Mapping[int, tuple[Array, Array]], others: Mapping[int, tuple[Array, Array]]
) -> Mapping[int, tuple[Array, Array]]:
    both = {
        number: (some[number][0] + others[number][0], some[number][1] + others[number][1])
        for number in some.keys() & others.keys()
    }
    return {**some, **others, **both}


def _baseline(shared: Measuring, read: PassageRead) -> Array:
    said = shared.two_tokens.predicted(read.tokens)  # (K, N)
    binned = shared.two_token_bins.place(said)
    each = [
        tables(row[None], label[None])[0, 0] for row, label in zip(binned, read.labels, strict=True)
    ]
    return np.array(each).reshape(-1, 2, BINS)
