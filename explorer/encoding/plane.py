"""Planes to look at states in: linear projections. Knows nothing of models and sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.encoding.states import Array


@dataclass(frozen=True)
class Projection:
    """A linear map from states to a few coordinates.

    Attributes:
        mean: What is taken off a state first, (H,).
        axes: Orthonormal directions, (K, H), the most telling first. One that has two ways to point
            points to where its largest number is positive, so that no figure is mirrored by chance.
        share: The part of the states' variance that lies along each axis, (K,).
    """

    mean: Array
    axes: Array
    share: Array

    def __call__(self, states: Array) -> Array:
        """The coordinates of states (N, H), (N, K)."""
        coordinates: Array = (np.asarray(states, dtype=np.float64) - self.mean) @ self.axes.T
        return coordinates


def principal_components(states: Array, count: int = 2) -> Projection:
    """The ``count`` directions in which states (N, H) vary most, by singular value decomposition.

    Source: Pearson (1901); *Dive into Deep Learning*, the appendix on linear algebra, for the
    decomposition.
    """
    centred = np.asarray(states, dtype=np.float64)
    mean = centred.mean(0)
    return _along(_right_singular(centred - mean, count), states, mean)


def between_groups(states: Array, labels: Sequence[str], count: int = 2) -> Projection:
    """The ``count`` directions in which the means of the labelled groups differ most.

    Principal components of the group means, each weighed by its number of states. Fewer axes come
    where there are fewer groups: K groups differ in K − 1 directions.

    Args:
        states: (N, H).
        labels: The group of each state, N of them, at least two different.
        count: Of axes, at most.
    """
    values, of = np.asarray(states, dtype=np.float64), np.asarray(labels)
    mean = values.mean(0)
    groups = np.unique(of)
    means = np.stack([values[of == group].mean(0) - mean for group in groups])  # (K, H)
    weights = np.sqrt([np.mean(of == group) for group in groups])[:, None]
    return _along(_right_singular(weights * means, min(count, len(groups) - 1)), values, mean)


def along_line(states: Array, ends: Array) -> Projection:
    """The line through two states, and the direction across it in which ``states`` vary most.

    Args:
        states: (N, H).
        ends: The two states, (2, H), different from each other.
    """
    values = np.asarray(states, dtype=np.float64)
    first, second = np.asarray(ends, dtype=np.float64)
    line = (second - first) / np.linalg.norm(second - first)  # (H,)
    mean = values.mean(0)
    across = values - mean - np.outer((values - mean) @ line, line)  # (N, H)
    return _along(np.stack([line, _right_singular(across, 1)[0]]), values, mean)


def _right_singular(rows: Array, count: int) -> Array:
    """The first right singular vectors of ``rows`` (N, H), (count, H), their signs settled."""
    _, _, axes = np.linalg.svd(rows, full_matrices=False)
    axes = axes[:count]
    largest = np.take_along_axis(axes, np.abs(axes).argmax(1)[:, None], 1)  # (K, 1)
    settled: Array = axes * np.sign(largest)
    return settled


def _along(axes: Array, states: Array, mean: Array) -> Projection:
    centred = np.asarray(states, dtype=np.float64) - mean
    total = (centred**2).sum()
    along = ((centred @ axes.T) ** 2).sum(0)  # (K,)
    return Projection(mean, axes, along / total if total else np.zeros_like(along))
