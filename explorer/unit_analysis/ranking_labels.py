"""A label's values as ranks, by where they stand among those of a sample."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.errors import ExplorerError
from explorer.unit_analysis.labels import Values, is_binary


@dataclass(frozen=True)
class LabelRanks:
    """How the values of K labels become ranks from −1 to 1; those of a yes or no stay as they are.

    Attributes:
        names: K names.
        known: Of each label its different values on the sample, in order; empty for a yes or no.
        ranks: The rank of each, ties at their mean.
        binary: Which labels are a yes or no, (K,).
    """

    names: tuple[str, ...]
    known: tuple[Values, ...]
    ranks: tuple[Values, ...]
    binary: np.ndarray

    @classmethod
    def of(cls, names: Sequence[str], sample: Values) -> "LabelRanks":
        """By the values of a sample, (K, N)."""
        binary = np.array([is_binary(row) for row in sample], bool)
        found = [
            (np.empty(0), np.empty(0)) if yes_or_no else _ranked(row[~np.isnan(row)])
            for yes_or_no, row in zip(binary, sample, strict=True)
        ]
        known, ranks = zip(*found, strict=True) if found else ((), ())
        return cls(tuple(names), known, ranks, binary)

    def ranked(self, values: Values) -> Values:
        """The values (K, N) as ranks; what lies between two known values is between their ranks.

        Raises:
            ExplorerError: A label that was 0 or 1 on the sample is something else here.
        """
        found = values.copy()
        for number, row in enumerate(found):
            if not self.binary[number]:
                row[:] = np.interp(row, self.known[number], self.ranks[number])  # NaN stays
            elif not is_binary(row):
                raise ExplorerError(
                    "The label {name} was 0 or 1 at first and later something else: let it be "
                    "either always or soon.",
                    name=repr(self.names[number]),
                )
        return found


def _ranked(values: Values) -> tuple[Values, Values]:
    known, counts = np.unique(values, return_counts=True)
    middles = np.cumsum(counts) - counts / 2
    return known, 2 * middles / counts.sum() - 1
