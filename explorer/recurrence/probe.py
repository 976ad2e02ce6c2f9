"""How well a label can be read off states: a linear probe.

Source: Alain and Bengio (2016), *Understanding intermediate layers using linear classifier probes*.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from explorer.errors import ExplorerError
from explorer.recurrence.arrays import real_numbers


@dataclass(frozen=True)
class Probe:
    """What a linear classifier gets right.

    Attributes:
        accuracy: The share of states whose label it gives, each left out of the fit that is asked.
        majority: The share that always saying the commonest label gets right.
        dropped: How many states were left out of everything because they hold a NaN, as the
            steps of a trace beyond a sequence's length do.
    """

    accuracy: float
    majority: float
    dropped: int = 0


def linear_probe(states: npt.ArrayLike, labels: npt.ArrayLike) -> Probe:
    """Fits one ridge regression per label, and asks each state of the fit without it.

    The penalty is the states' total variance, so that it does not depend on their scale; the
    intercept is not penalised. The answer is the label with the largest output. Leaving one out
    needs no second fit: with the hat matrix P, the output for row i without row i is
    y_i − (y_i − ŷ_i) / (1 − P_ii) (Allen, 1974). The smaller of the systems N × N and H × H is
    solved.

    A state with a NaN in it is dropped with its label, and counted: so the states of a padded batch
    may be given as they stand in a trace.

    Args:
        states: (N, H), or (…, H), such as the (batch, step, unit) of a trace: an array, nested
            sequences, or a tensor.
        labels: The label of each, (N,) or (…): strings or numbers, at least two different.

    Raises:
        ExplorerError: There are not as many labels as states, all labels are the same, or the
            states are no real numbers or infinite.
    """
    read = _read(states, labels)
    targets = _one_hot(read.of)  # (N, K)
    outputs, leverage = _fitted(read.states, targets)
    errors = (targets - outputs) / (1 - leverage)[:, None]  # (N, K)
    answers = (targets - errors).argmax(1)  # (N,)
    return Probe(
        accuracy=(answers == read.of).double().mean().item(),
        majority=targets.mean(0).max().item(),
        dropped=int((~read.whole).sum()),
    )


def _fitted(X: Tensor, Y: Tensor) -> tuple[Tensor, Tensor]:
    """What a ridge regression from X (N, H) to Y (N, K) gives for its own rows, and their leverage.

    Returns:
        The outputs (N, K), and the diagonal of the hat matrix (N,).
    """
    N, H = X.shape
    centred, penalty = X - X.mean(0), _penalty(X)
    # The products are torch's: NumPy's take all cores, and wait for each other on a busy machine.
    if H < N:
        solved = torch.linalg.solve(_plus(centred.T @ centred, penalty), centred.T)  # (H, N)
        outputs, leverage = centred @ (solved @ Y), (centred * solved.T).sum(1)
    else:
        inner = centred @ centred.T  # (N, N)
        hat = torch.linalg.solve(_plus(inner, penalty), inner)
        outputs, leverage = hat @ Y, hat.diag()
    return outputs + Y.mean(0), leverage + 1 / N


def probe_parts(states: npt.ArrayLike, labels: npt.ArrayLike, parts: Sequence[int]) -> list[Probe]:
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
        ExplorerError: As for `linear_probe`, or a part has no state without a NaN.
    """
    read = _read(states, labels)
    given = np.asarray(parts)  # (M,)
    kept = torch.from_numpy(given)[read.whole]  # (N,)
    Y, penalty = _one_hot(read.of), _penalty(read.states)  # (N, K)
    probes = []
    for part in np.unique(given):
        asked = kept == part  # (N,)
        if not asked.any():
            raise ExplorerError("Every state in part {part} contains NaN.", part=part)
        answers = _ridge(read.states[~asked], Y[~asked], read.states[asked], penalty).argmax(1)
        right = Y[asked].take_along_dim(answers[:, None], 1)
        majority = Y[asked].mean(0)[Y[~asked].mean(0).argmax()]
        dropped = int((given == part).sum()) - int(asked.sum())
        probes.append(Probe(right.mean().item(), majority.item(), dropped))
    return probes


def _ridge(X: Tensor, Y: Tensor, asked: Tensor, penalty: Tensor) -> Tensor:
    """The outputs for other rows (M, H) of a ridge regression from X (N, H) to Y (N, K), (M, K)."""
    centre, level = X.mean(0), Y.mean(0)
    inner = (X - centre).T @ (X - centre)  # (H, H)
    weights = torch.linalg.solve(_plus(inner, penalty), (X - centre).T @ (Y - level))  # (H, K)
    result: Tensor = (asked - centre) @ weights + level
    return result


def _penalty(X: Tensor) -> Tensor:
    penalty: Tensor = (X - X.mean(0)).square().sum() / len(X)
    return penalty.clamp(min=torch.finfo(X.dtype).tiny)


def _plus(inner: Tensor, penalty: Tensor) -> Tensor:
    return inner + penalty * torch.eye(len(inner), dtype=inner.dtype)


def _one_hot(of: Tensor) -> Tensor:
    return torch.eye(int(of.max()) + 1, dtype=torch.float64)[of]


@dataclass(frozen=True)
class _Read:
    """What was given, M states, as numbers; N of them are whole.

    Attributes:
        states: The whole ones, (N, H), the greatest number 1: the scale says nothing, and its
            square may be too large.
        of: The number of each one's label, (N,).
        whole: Which they are, (M,).
    """

    states: Tensor
    of: Tensor
    whole: Tensor


def _read(states: npt.ArrayLike, labels: npt.ArrayLike) -> _Read:
    named, numbers = _labels(labels), real_numbers(states)
    if numbers is None or np.isinf(numbers).any():
        raise ExplorerError("The states that a probe reads must be finite real numbers.")
    if numbers.ndim < 2 or numbers.shape[:-1] != named.shape or not numbers.shape[-1]:
        raise ExplorerError(
            "A probe needs a state of H numbers for every label, an array of shape N × H: "
            "for {count} labels, it was given one of shape {shape}.",
            count=named.size,
            shape=numbers.shape,
        )
    flat, names = numbers.reshape(-1, numbers.shape[-1]), named.ravel()  # (M, H), (M,)
    whole = ~np.isnan(flat).any(1) & (names == names)  # a NaN is not itself
    groups, of = np.unique(names[whole], return_inverse=True)
    if len(groups) < 2:
        raise ExplorerError("A probe needs at least two different labels.")
    X = torch.from_numpy(flat[whole])
    scale = X.abs().max().clamp(min=torch.finfo(X.dtype).tiny)
    return _Read(X / scale, torch.from_numpy(of), torch.from_numpy(whole))


def _labels(given: npt.ArrayLike) -> npt.NDArray[Any]:
    """The labels as an array of strings or numbers, in the shape in which they were given."""
    if isinstance(given, str):  # a label a character
        given = list(given)
    try:
        found = np.asarray(real_numbers(given) if hasattr(given, "detach") else given)
    except ValueError:  # ragged
        found = np.array(None)
    if found.dtype.kind == "O" and not all(isinstance(label, str) for label in found.flat):
        raise ExplorerError("The labels of a probe must be all strings or all numbers.")
    return found
