"""Draws sequences from a hidden Markov model."""

from typing import NamedTuple

import numpy as np

from explorer.markov.model import HiddenMarkovModel


class Sample(NamedTuple):
    """Sequences with the states that are hidden otherwise."""

    states: np.ndarray  # (B, T) numbers of states
    symbols: np.ndarray  # (B, T) numbers of symbols


def sample(
    model: HiddenMarkovModel, *, sequences: int, length: int, chance: np.random.Generator
) -> Sample:
    """Draw ``sequences`` sequences of ``length`` steps side by side."""
    states = np.empty((sequences, length), dtype=np.int64)
    for t in range(length):
        shares = model.A[states[:, t - 1]] if t else np.tile(model.pi, (sequences, 1))  # (B, N)
        states[:, t] = _drawn(shares, chance)
    symbols = _drawn(model.B[states].reshape(-1, len(model.symbols)), chance)
    return Sample(states, symbols.reshape(states.shape))


def _drawn(shares: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """A number a row, each as likely as the row says."""
    reached = shares.cumsum(-1)
    reached[:, -1] = 1.0  # whatever rounding made of it
    drawn: np.ndarray = (chance.random((len(shares), 1)) >= reached).sum(-1)
    return drawn
