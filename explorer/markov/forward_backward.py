"""What the symbols say of the states and of each other, exactly, by forward–backward.

Messages are scaled to sum to one at every step, in float64, so that no length underflows (Rabiner
1989, section V.A). All sequences of a batch go side by side.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from explorer.errors import ExplorerError
from explorer.markov.model import HiddenMarkovModel


@dataclass(frozen=True)
class Posterior:
    """Everything that a hidden Markov model says of sequences of symbols.

    Args:
        model: The model.
        symbols: Their numbers, (B, T), T ≥ 1.

    Raises:
        ExplorerError: The model cannot make one of the sequences.
    """

    model: HiddenMarkovModel
    symbols: np.ndarray

    def __post_init__(self) -> None:
        totals = self._forward[1]
        if (totals == 0).any():
            raise ExplorerError(
                "This model cannot produce such a sequence: after {count} symbols, the next one "
                "has probability 0.",
                count=int(np.argwhere(totals == 0)[:, 1].min()),
            )

    @cached_property
    def _seen(self) -> np.ndarray:
        """P(x_t | z_t) of the symbols that are there, (B, T, N)."""
        seen: np.ndarray = self.model.B.T[self.symbols]
        return seen

    @cached_property
    def _forward(self) -> tuple[np.ndarray, np.ndarray]:
        """P(z_t | x_<t), (B, T, N), and P(x_t | x_<t), (B, T)."""
        predicted = np.empty(self._seen.shape)
        totals = np.empty(self.symbols.shape)
        before = np.broadcast_to(self.model.pi, predicted[:, 0].shape)
        for t in range(self.symbols.shape[1]):
            predicted[:, t] = before
            joint = before * self._seen[:, t]  # (B, N)
            totals[:, t] = joint.sum(-1)
            scale = np.where(totals[:, t] > 0, totals[:, t], 1.0)
            before = joint / scale[:, None] @ self.model.A
        return predicted, totals

    @cached_property
    def _backward(self) -> np.ndarray:
        """P(x_>t | z_t) up to a factor for each step, (B, T, N), its largest value 1."""
        behind = np.ones(self._seen.shape)
        for t in range(self.symbols.shape[1] - 2, -1, -1):
            message = (self._seen[:, t + 1] * behind[:, t + 1]) @ self.model.A.T  # (B, N)
            behind[:, t] = message / message.max(-1, keepdims=True)
        return behind

    @cached_property
    def _prior(self) -> np.ndarray:
        """P(z_t) of every step before anything is seen, (T, N)."""
        prior = [self.model.pi]
        for _step in range(1, self.symbols.shape[1]):
            prior.append(prior[-1] @ self.model.A)
        return np.stack(prior)

    @property
    def log_likelihood(self) -> np.ndarray:
        """The log-likelihood of each sequence, log P(x_1 … x_T), nats, (B,)."""
        total: np.ndarray = np.log(self._forward[1]).sum(1)
        return total

    @cached_property
    def filtering(self) -> np.ndarray:
        """P(z_t | x_≤t), (B, T, N): from the left."""
        return _shares(self._forward[0] * self._seen)

    @cached_property
    def smoothing(self) -> np.ndarray:
        """P(z_t | x_1 … x_T), (B, T, N): from both sides."""
        return _shares(self._forward[0] * self._seen * self._backward)

    @cached_property
    def from_the_right(self) -> np.ndarray:
        """P(z_t | x_≥t), (B, T, N)."""
        return _shares(self._prior * self._seen * self._backward)

    @cached_property
    def prediction(self) -> np.ndarray:
        """P(x_t | x_<t), (B, T, M)."""
        return _shares(self._forward[0] @ self.model.B)

    @cached_property
    def interpolation(self) -> np.ndarray:
        """P(x_t | x_−t), (B, T, M): a symbol from all the others, its own not looked at."""
        return _shares((self._forward[0] * self._backward) @ self.model.B)


def divergence(p: np.ndarray, q: np.ndarray) -> np.ndarray:
    """KL(p ‖ q) along the last axis, nats; infinite where q rules out what p allows."""
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(p > 0, p * (np.log(p) - np.log(q)), 0.0)
    found: np.ndarray = terms.sum(-1)
    return found


def _shares(weights: np.ndarray) -> np.ndarray:
    shares: np.ndarray = weights / weights.sum(-1, keepdims=True)
    return shares
