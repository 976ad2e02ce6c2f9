"""Linear projections of states onto a plane: principal components, group means, or a line."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from explorer.seq2seq.encoder_states import Array, double


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
        coordinates: Array = ((double(states) - double(self.mean)) @ double(self.axes).T).numpy()
        return coordinates


def principal_components(states: Array, count: int = 2) -> Projection:
    """The ``count`` directions in which states (N, H) vary most, by singular value decomposition.

    Source: Pearson (1901); *Dive into Deep Learning*, the appendix on linear algebra, for the
    decomposition.
    """
    centred, mean = _centred(states)
    return _along(_right_singular(centred, count), centred, mean)


def between_groups(states: Array, labels: Sequence[str], count: int = 2) -> Projection:
    """The ``count`` directions in which the means of the labelled groups differ most.

    Principal components of the group means, each weighed by its number of states. Fewer axes come
    where there are fewer groups: K groups differ in K − 1 directions.

    Args:
        states: (N, H).
        labels: The group of each state, N of them, at least two different.
        count: Of axes, at most.
    """
    centred, mean = _centred(states)
    groups, of = np.unique(np.asarray(labels), return_inverse=True)
    members = double(np.eye(len(groups))[of])  # (N, K)
    sizes = members.sum(0)[:, None]  # (K, 1)
    means = members.T @ centred / sizes  # (K, H)
    axes = _right_singular(sizes.sqrt() * means, min(count, len(groups) - 1))
    return _along(axes, centred, mean)


def along_line(states: Array, ends: Array) -> Projection:
    """The line through two states, and the direction across it in which ``states`` vary most.

    Args:
        states: (N, H).
        ends: The two states, (2, H), different from each other.
    """
    centred, mean = _centred(states)
    first, second = double(ends)
    line = (second - first) / torch.linalg.norm(second - first)  # (H,)
    across = centred - torch.outer(centred @ line, line)  # (N, H)
    return _along(torch.stack([line, _right_singular(across, 1)[0]]), centred, mean)


def _centred(states: Array) -> tuple[Tensor, Tensor]:
    values = double(states)
    mean = values.mean(0)
    return values - mean, mean


def _right_singular(rows: Tensor, count: int) -> Tensor:
    """The first right singular vectors of ``rows`` (N, H), (count, H), their signs settled."""
    _, _, axes = torch.linalg.svd(rows, full_matrices=False)
    axes = axes[:count]
    settled: Tensor = axes * axes.gather(1, axes.abs().argmax(1, keepdim=True)).sign()
    return settled


def _along(axes: Tensor, centred: Tensor, mean: Tensor) -> Projection:
    total = (centred**2).sum()
    along = ((centred @ axes.T) ** 2).sum(0)  # (K,)
    share = along / total if total else torch.zeros_like(along)
    return Projection(mean.numpy(), axes.numpy(), share.numpy())
