"""How the values of every series are distributed, and where they are highest and lowest."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import xarray as xr

from explorer.recurrence.quantities import RETAINING
from explorer.unit_analysis.passages import Piece
from explorer.unit_analysis.tables import histogram

Array = npt.NDArray[Any]

CONTEXTS = 5
"""Places that are kept of each series, a passage one at most."""
QUANTILES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)


@dataclass(frozen=True)
class Extremes:
    """Where each of S series is highest, or lowest: up to `CONTEXTS` places, the furthest first.

    Attributes:
        values: (S, C).
        places: The text, where in it the piece begins and the step in the piece, (S, C, 3).
    """

    values: Array
    places: Array

    @classmethod
    def of(cls, values: Array, piece: Piece, *, sign: int) -> "Extremes":
        """The furthest place of each series (S, T) of one piece."""
        steps = (sign * values).argmax(axis=1)
        where = np.broadcast_to([piece.text, piece.start, 0], (len(values), 1, 3)).copy()
        where[:, 0, 2] = steps
        return cls(np.take_along_axis(values, steps[:, None], axis=1), where)

    def and_those(self, other: "Extremes", *, sign: int) -> "Extremes":
        """The furthest of both."""
        values = np.concatenate([self.values, other.values], axis=1)
        places = np.concatenate([self.places, other.places], axis=1)
        order = np.argsort(-sign * values, axis=1, kind="stable")[:, :CONTEXTS]
        return Extremes(
            np.take_along_axis(values, order, axis=1),
            np.take_along_axis(places, order[..., None], axis=1),
        )


@dataclass(frozen=True)
class Distribution:
    """What S series amount to over some text; those of two texts add up.

    Attributes:
        counts: How many values are in each bin, (S, BINS).
        total: Σ u, (S,).
        squares: Σ u², (S,).
        highest: Where they are highest.
        lowest: Where they are lowest.
        kept: Σ log₂ of the gate that keeps a state, (L, D, H), and over how many steps; of a plain
            RNN zeros of no units.
        steps: Over how many steps.
    """

    counts: Array
    total: Array
    squares: Array
    highest: Extremes
    lowest: Extremes
    kept: Array
    steps: int

    @classmethod
    def of(cls, values: Array, binned: Array, piece: Piece, trace: xr.Dataset) -> "Distribution":
        """That of one piece: its series (S, T) and their bins."""
        doubles = values.astype(np.float64)
        return cls(
            histogram(binned),
            doubles.sum(axis=1),
            np.square(doubles).sum(axis=1),
            Extremes.of(values, piece, sign=1),
            Extremes.of(values, piece, sign=-1),
            _kept(trace),
            values.shape[1],
        )

    def __add__(self, other: "Distribution") -> "Distribution":
        return Distribution(
            self.counts + other.counts,
            self.total + other.total,
            self.squares + other.squares,
            self.highest.and_those(other.highest, sign=1),
            self.lowest.and_those(other.lowest, sign=-1),
            self.kept + other.kept,
            self.steps + other.steps,
        )

    @property
    def mean(self) -> Array:
        """(S,)."""
        mean: Array = self.total / self.steps
        return mean

    @property
    def deviation(self) -> Array:
        """The standard deviation, (S,)."""
        found: Array = np.sqrt(np.maximum(self.squares / self.steps - self.mean**2, 0))
        return found

    @property
    def half_life(self) -> Array:
        """After how many steps half of what a unit held is gone, (L, D, H); see ``half_life``."""
        with np.errstate(divide="ignore"):
            found: Array = self.steps / np.abs(self.kept)
        return found

    def quantiles(self, edges: Array) -> Array:
        """The `QUANTILES` of each series, between the ends of its bins, (S, quantiles)."""
        low, high = self.lowest.values[:, :1], self.highest.values[:, :1]
        ends = np.clip(np.concatenate([low, edges, high], axis=1), low, high)  # (S, BINS + 1)
        shares = np.cumsum(self.counts, axis=1) / self.counts.sum(axis=1, keepdims=True)
        below = np.concatenate([np.zeros((len(shares), 1)), shares], axis=1)
        rows = zip(below, ends, strict=True)
        return np.array([np.interp(QUANTILES, *row) for row in rows])


def _kept(trace: xr.Dataset) -> Array:
    gate = RETAINING.get(str(trace.attrs["cell"]))
    if gate is None:
        return np.zeros((trace.sizes["layer"], trace.sizes["direction"], 0))
    with np.errstate(divide="ignore"):
        logs: Array = np.log2(trace[gate].values[:, :, 0].astype(np.float64)).sum(axis=2)
    return logs
