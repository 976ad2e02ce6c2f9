"""What one unit computes, in the terms of its cell's equations: plain values, without torch."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy.typing as npt

Series = npt.NDArray[Any]


@dataclass(frozen=True)
class UnitActivations:
    """One unit over T steps, forward direction, from a zero state.

    Attributes:
        values: Every quantity as traced, (T,) each; not the hidden state of an LSTM that projects
            it, where it is no unit's.
        previous: Of these the states one step before, "hidden" and in an LSTM "memory", (T,) each.
        input: The input's part of each gate's and the candidate's argument, X W_x, (T,) each.
        state: The hidden state's part of the same, H_{t−1} W_h, (T,) each.
        input_bias: The bias that torch adds to the input's part.
        state_bias: The bias that torch adds to the state's part.
        gated_state: (R_t ⊙ H_{t−1}) W_h of a GRU's candidate, (T,): the state's part where the
            reset gate comes before the product, as in the book; None for an LSTM.
        own_weight: How much the unit's own hidden state counts in its candidate, before the reset
            gate of the book's GRU; None for other cells, where that gate multiplies ``state``.
    """

    values: Mapping[str, Series]
    previous: Mapping[str, Series]
    input: Mapping[str, Series]
    state: Mapping[str, Series]
    input_bias: Mapping[str, float]
    state_bias: Mapping[str, float]
    gated_state: Series | None = None
    own_weight: float | None = None

    def bias(self, name: str) -> float:
        """The book's one bias: the sum of torch's two."""
        return self.input_bias[name] + self.state_bias[name]

    def argument(self, name: str) -> Series:
        """What the σ of a gate is taken of, or in an LSTM the candidate's tanh, (T,)."""
        total: Series = self.input[name] + self.state[name] + self.bias(name)
        return total
