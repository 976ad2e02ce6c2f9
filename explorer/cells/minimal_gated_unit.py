"""The gated unit with a single gate."""

from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import linear

from explorer.cells.stacked import Stacked, stacked_cell
from explorer.recurrence.cell import See, TensorState, traceable


def step(part: Any, x: Tensor, state: TensorState, see: See) -> TensorState:
    """F = σ(…), H̃ = tanh(X W + (F ⊙ H_prev) U + b), H = (1 − F) ⊙ H_prev + F ⊙ H̃."""
    (hidden,) = state
    to_forget, to_candidate = x.chunk(2, 1)
    of_forget, of_candidate = part.weight_hh.chunk(2)
    forget = see("forget", torch.sigmoid(to_forget + linear(hidden, of_forget)))
    candidate = see("candidate", torch.tanh(to_candidate + linear(forget * hidden, of_candidate)))
    return (see("hidden", torch.lerp(hidden, candidate, forget)),)


_CELL = stacked_cell("mgu", ("forget", "candidate", "hidden"), gates=("forget",), step=step)


@traceable(_CELL)
class MinimalGatedUnit(Stacked):
    """A minimal gated unit. Its forget gate is the share of the state that is *replaced*.

    The blocks of the weights are forget and candidate.

    Source: Zhou, Wu, Zhang and Zhou (2016), *Minimal gated unit for recurrent neural networks*,
    International Journal of Automation and Computing 13.
    """

    cell, blocks = _CELL, (2, 2, 0)
