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
