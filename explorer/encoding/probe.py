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
