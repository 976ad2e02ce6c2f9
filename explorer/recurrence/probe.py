"""How well a label can be read off states: a linear probe. Knows nothing of models and texts.

Source: Alain and Bengio (2016), *Understanding intermediate layers using linear classifier probes*.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from explorer.errors import ExplorerError


@dataclass(frozen=True)
class Probe:
    """What a linear classifier gets right.

    Attributes:
        accuracy: The share of states whose label it gives, each left out of the fit that is asked.
        majority: The share that always saying the commonest label gets right.
    """

    accuracy: float
    majority: float


def linear_probe(states: np.ndarray, labels: Sequence[str]) -> Probe:
    """Fits one ridge regression per label, and asks each state of the fit without it.

    The penalty is the states' total variance, so that it does not depend on their scale; the
    intercept is not penalised. The answer is the label with the largest output. Leaving one out
    needs no second fit: with the hat matrix P, the output for row i without row i is
    y_i − (y_i − ŷ_i) / (1 − P_ii) (Allen, 1974).

    Args:
        states: (N, H).
        labels: The label of each, N of them, at least two different.

    Raises:
        ExplorerError: There are not as many labels as states, or all labels are the same.
    """
    groups, of = np.unique(np.asarray(labels), return_inverse=True)
    _check(states, of, len(groups))
    targets = torch.eye(len(groups), dtype=torch.float64)[of]  # (N, K)
    # The products are torch's: NumPy's take all cores, and wait for each other on a busy machine.
    hat = _hat(torch.from_numpy(np.asarray(states, dtype=np.float64)))  # (N, N)
    errors = (targets - hat @ targets) / (1 - hat.diag())[:, None]  # (N, K)
    answers = (targets - errors).argmax(1)  # (N,)
    right = answers == torch.from_numpy(of)
    return Probe(right.double().mean().item(), targets.mean(0).max().item())


def _hat(states: Tensor) -> Tensor:
    """What turns targets into the outputs of their ridge regression, (N, N)."""
    centred = states - states.mean(0)
    inner = centred @ centred.T  # (N, N)
    N = len(inner)
    penalty = inner.trace().clamp(min=torch.finfo(inner.dtype).tiny) / N
    hat: Tensor = torch.linalg.solve(inner + penalty * torch.eye(N).to(inner), inner) + 1 / N
    return hat


def probe_parts(states: np.ndarray, labels: Sequence[str], parts: Sequence[int]) -> list[Probe]:
    """As `linear_probe`, but a whole part is left out of the fit that its states are asked of.

    For states that follow one another in time, where a neighbour that is nearly the same, and has
    the same label, would give the answer away. The majority is that of the other parts.

    Args:
        states: (N, H).
        labels: The label of each, at least two different.
        parts: The part of each, at least two different.

    Returns:
        One probe a part, in the order of their numbers.

    Raises:
        ExplorerError: There are not as many labels as states, or all labels are the same.
    """
    groups, of = np.unique(np.asarray(labels), return_inverse=True)
    _check(states, of, len(groups))
    X = torch.from_numpy(np.asarray(states, dtype=np.float64))  # (N, H)
    Y = torch.eye(len(groups), dtype=torch.float64)[of]  # (N, K)
    penalty = (X - X.mean(0)).square().sum() / len(X)
    probes = []
    for part in np.unique(parts):
        asked = torch.from_numpy(np.asarray(parts) == part)  # (N,)
        answers = _ridge(X[~asked], Y[~asked], X[asked], penalty).argmax(1)
        right = Y[asked, :].take_along_dim(answers[:, None], 1)
        majority = Y[asked].mean(0)[Y[~asked].mean(0).argmax()]
        probes.append(Probe(right.mean().item(), majority.item()))
    return probes


def _ridge(X: Tensor, Y: Tensor, asked: Tensor, penalty: Tensor) -> Tensor:
    """The outputs for other rows (M, H) of a ridge regression from X (N, H) to Y (N, K), (M, K)."""
    centre, level = X.mean(0), Y.mean(0)
    inner = (X - centre).T @ (X - centre)  # (H, H)
    eye = penalty.clamp(min=torch.finfo(X.dtype).tiny) * torch.eye(len(inner)).to(inner)
    weights = torch.linalg.solve(inner + eye, (X - centre).T @ (Y - level))  # (H, K)
    result: Tensor = (asked - centre) @ weights + level
    return result


def _check(states: np.ndarray, labels: np.ndarray, different: int) -> None:
    if np.ndim(states) != 2 or len(states) != len(labels):
        raise ExplorerError(
            "A probe takes a state of H numbers for every label, an array N × H: for {count} "
            "labels it was given one of shape {shape}.",
            count=len(labels),
            shape=np.shape(states),
        )
    if different < 2:
        raise ExplorerError("A probe needs at least two different labels to tell apart.")
