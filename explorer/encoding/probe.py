"""How well a label can be read off states: a linear probe. Knows nothing of models and sentences.

Source: Alain and Bengio (2016), *Understanding intermediate layers using linear classifier probes*.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from explorer.encoding.states import Array, double


@dataclass(frozen=True)
class Probe:
    """What a linear classifier gets right.

    Attributes:
        accuracy: The share of states whose label it gives, each left out of the fit that is asked.
        majority: The share that always saying the commonest label gets right.
    """

    accuracy: float
    majority: float


def linear_probe(states: Array, labels: Sequence[str]) -> Probe:
    """Fits one ridge regression per label, and asks each state of the fit without it.

    The penalty is the states' total variance, so that it does not depend on their scale; the
    intercept is not penalised. The answer is the label with the largest output. Leaving one out
    needs no second fit: with the hat matrix P, the output for row i without row i is
    y_i − (y_i − ŷ_i) / (1 − P_ii) (Allen, 1974).

    Args:
        states: (N, H).
        labels: The label of each, N of them, at least two different.
    """
    groups, of = np.unique(np.asarray(labels), return_inverse=True)
    targets = double(np.eye(len(groups))[of])  # (N, K)
    hat = _hat(double(states))  # (N, N)
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


def probe_parts(states: Array, labels: Sequence[str], parts: Sequence[int]) -> list[Probe]:
    """As `linear_probe`, but a whole part is left out of the fit that its states are asked of.

    For states that follow one another in time: a neighbour that is nearly the same and has the same
    label would give the answer away. What always saying the commonest label gets right is counted
    by the commonest of the other parts.

    Args:
        states: (N, H).
        labels: The label of each.
        parts: The part of each, at least two different.

    Returns:
        One probe a part, in the order of their numbers.
    """
    groups, of = np.unique(np.asarray(labels), return_inverse=True)
    X, Y = double(states), double(np.eye(len(groups))[of])  # (N, H), (N, K)
    penalty = (X - X.mean(0)).square().sum() / len(X)
    probes = []
    for part in np.unique(parts):
        asked = torch.from_numpy(np.asarray(parts) == part)  # (N,)
        answers = _ridge(X[~asked], Y[~asked], X[asked], penalty).argmax(1)
        truth = Y[asked].argmax(1)
        commonest = Y[~asked].mean(0).argmax()
        shares = [(answers == truth), (commonest == truth)]
        probes.append(Probe(*(share.double().mean().item() for share in shares)))
    return probes


def _ridge(X: Tensor, Y: Tensor, asked: Tensor, penalty: Tensor) -> Tensor:
    """Ridge regression from rows of X to rows of Y, asked of other rows, (M, K)."""
    centre, level = X.mean(0), Y.mean(0)
    X = X - centre
    eye = torch.eye(X.shape[1]).to(X)
    tiny = torch.finfo(X.dtype).tiny
    weights = torch.linalg.solve(X.T @ X + penalty.clamp(min=tiny) * eye, X.T @ (Y - level))
    result: Tensor = (asked - centre) @ weights + level
    return result
