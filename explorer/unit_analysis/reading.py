"""Passages as an analysis sees them: series, bins and labels side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.unit_analysis.labels import Labels, Values, label_values
from explorer.unit_analysis.passages import Passage
from explorer.unit_analysis.ranking_labels import LabelRanks
from explorer.unit_analysis.reader import Read, Reader
from explorer.unit_analysis.series import Axes
from explorer.unit_analysis.tables import Bins

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Scale:
    """What values are put on, so that those of any two passages can be added up.

    Attributes:
        axes: Which series there are, S.
        bins: Those of each series.
        ranks: Those of each label, K.
    """

    axes: Axes
    bins: Bins
    ranks: LabelRanks


@dataclass(frozen=True)
class PassageRead:
    """A passage of N places.

    Attributes:
        passage: Which.
        reads: Its pieces as they were read.
        values: The series of each piece, (S, T) each.
        binned: The bins of the same.
        labels: All pieces' labels as ranks, one piece after another, (K, N).
    """

    passage: Passage
    reads: tuple[Read, ...]
    values: tuple[Array, ...]
    binned: tuple[Array, ...]
    labels: Values

    @property
    def bins(self) -> Array:
        """The bins of all pieces, one after another, (S, N)."""
        return np.concatenate(self.binned, axis=1)

    @property
    def tokens(self) -> list[tuple[str, ...]]:
        """Of each piece."""
        return [read.tokens for read in self.reads]


def read_passages(
    reader: Reader, labels: Labels, scale: Scale, passages: Sequence[Passage]
) -> Iterator[PassageRead]:
    """Each of some passages, all read together."""
    for passage, reads in zip(passages, read_together(reader, passages), strict=True):
        values = tuple(scale.axes.values(read.trace) for read in reads)
        of = np.concatenate([label_values(labels, read.tokens) for read in reads], axis=1)
        binned = tuple(map(scale.bins.place, values))
        yield PassageRead(passage, reads, values, binned, scale.ranks.ranked(of))


def read_together(reader: Reader, passages: Sequence[Passage]) -> list[tuple[Read, ...]]:
    """The pieces of each passage, read in one go."""
    found = iter(reader.read([one.content for passage in passages for one in passage.pieces]))
    return [tuple(next(found) for _ in passage.pieces) for passage in passages]


def scale_of(
    reader: Reader, labels: Labels, sample: Sequence[Passage], quantities: Sequence[str] | None
) -> Scale:
    """The scale by a sample of passages, which decides nothing but how finely ranks are told."""
    reads = [read for some in read_together(reader, sample) for read in some]
    axes = Axes.of(reads[0].trace, quantities)
    values = np.concatenate([axes.values(read.trace) for read in reads], axis=1)
    of = np.concatenate([label_values(labels, read.tokens) for read in reads], axis=1)
    return Scale(axes, Bins.of(values), LabelRanks.of(tuple(labels), of))
