"""Recurrent networks that guess the states and the symbols of a hidden Markov model.

They are shown drawn sequences, states and symbols, and never a probability of the model's.
"""

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.functional import one_hot

from explorer.models.architecture import Reads


class Guesses(NamedTuple):
    """Scores before the softmax."""

    states: Tensor  # (B, T, N) of the state at each place, the symbol there included
    symbols: Tensor  # (B, T, M) of the symbol at each place, that symbol not looked at


class Reader(nn.Module):
    """One GRU layer over the symbols, forward, backward or both, and a linear head for each guess.

    The state at place t is guessed from the symbols up to t, from t on, or from all; the symbol
    at t from those before it, behind it, or both, for a forward state at t − 1 and a backward one
    at t + 1 have not read it.

    Args:
        states: N, how many hidden states there are.
        symbols: M, how many symbols.
        units: H, units a direction.
        reads: The directions.
    """

    def __init__(self, *, states: int, symbols: int, units: int, reads: Reads) -> None:
        super().__init__()
        self.reads, self.symbols = reads, symbols
        self.rnn = nn.GRU(symbols, units, batch_first=True, bidirectional=reads == "both")
        width = 2 * units if reads == "both" else units
        self.state_head = nn.Linear(width, states)
        self.symbol_head = nn.Linear(width, symbols)

    def forward(self, ids: Tensor) -> Guesses:
        """Guesses at every place of sequences of one length, (B, T), int64."""
        inputs = one_hot(ids, self.symbols).to(self.state_head.weight.dtype)  # (B, T, M)
        if self.reads == "backward":
            hidden = self.rnn(inputs.flip(1))[0].flip(1)  # (B, T, H)
        else:
            hidden, _ = self.rnn(inputs)  # (B, T, H) or (B, T, 2H)
        return Guesses(self.state_head(hidden), self.symbol_head(self._beside(hidden)))

    def _beside(self, hidden: Tensor) -> Tensor:
        """The states that have not read the symbol at their place; zeros beyond the ends."""
        H = self.rnn.hidden_size
        nothing = hidden.new_zeros(len(hidden), 1, H)  # (B, 1, H)
        sides = []
        if self.reads != "backward":
            sides.append(torch.cat([nothing, hidden[:, :-1, :H]], 1))
        if self.reads != "forward":
            sides.append(torch.cat([hidden[:, 1:, -H:], nothing], 1))
        return torch.cat(sides, -1)  # (B, T, H) or (B, T, 2H)
