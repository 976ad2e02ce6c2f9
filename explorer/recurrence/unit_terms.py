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
        input: The input's part of each gate's and the candidate's argument, its bias in it,
            X W_x + b_x, (T,) each.
        state: The hidden state's part of the same, H_{t−1} W_h + b_h, (T,) each; of the candidate
            of the book's GRU (R_t ⊙ H_{t−1}) W_h + b_h.
        own_weight: How much the unit's own hidden state counts in its candidate, before the reset
            gate of the book's GRU; None for other cells, where that gate multiplies ``state``.
    """

    values: Mapping[str, Series]
    previous: Mapping[str, Series]
    input: Mapping[str, Series]
    state: Mapping[str, Series]
    own_weight: float | None = None


@dataclass(frozen=True)
class Affine:
    """The argument of one σ or tanh, in parts, for one unit.

    Attributes:
        input: X_t times the unit's column of W_x.
        state: H_{t−1} times the unit's column of W_h.
        input_bias: The bias that torch adds to the input's part.
        state_bias: The bias that torch adds to the state's part.
        gated_state: (R_t ⊙ H_{t−1}) times the column of W_h; only for a GRU's candidate, where
            the book multiplies by the reset gate first.
    """

    input: float
    state: float
    input_bias: float
    state_bias: float
    gated_state: float | None = None

    @property
    def bias(self) -> float:
        """The book's one bias: the sum of torch's two."""
        return self.input_bias + self.state_bias


@dataclass(frozen=True)
class StepTerms:
    """One step of one unit.

    Attributes:
        affine: The parts of every gate and of the candidate, by the quantity's name.
        value: The traced value of every quantity.
        previous: The values one step before of the states, ``hidden`` and, in an LSTM, ``memory``.
    """

    affine: Mapping[str, Affine]
    value: Mapping[str, float]
    previous: Mapping[str, float]
