"""The LSTM whose gates also see the memory."""

from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import linear

from explorer.cells.stacked import Stacked, stacked_cell
from explorer.recurrence.cell import See, TensorState, traceable


def step(part: Any, x: Tensor, state: TensorState, see: See) -> TensorState:
    """I, F = σ(… + p ⊙ C_prev), C = F ⊙ C_prev + I ⊙ C̃, O = σ(… + p_o ⊙ C), H = O ⊙ tanh(C)."""
    hidden, memory = state
    to_input, to_forget, to_candidate, to_output = (x + linear(hidden, part.weight_hh)).chunk(4, 1)
    of_input, of_forget, of_output = part.peephole
    input_ = see("input", torch.sigmoid(to_input + of_input * memory))
    forget = see("forget", torch.sigmoid(to_forget + of_forget * memory))
    candidate = see("candidate", torch.tanh(to_candidate))
    memory = see("memory", forget * memory + input_ * candidate)
    output = see("output", torch.sigmoid(to_output + of_output * memory))
    return see("hidden", output * torch.tanh(memory)), memory


_CELL = stacked_cell(
    "peephole-lstm",
    ("input", "forget", "candidate", "memory", "output", "hidden"),
    states=("hidden", "memory"),
    gates=("input", "forget", "output"),
    retaining="forget",
    step=step,
)


@traceable(_CELL)
class PeepholeLSTM(Stacked):
    """An LSTM with peepholes: input and forget gate see the old memory, the output gate the new.

    The blocks of the weights are those of ``nn.LSTM``: input, forget, candidate, output; the
    peepholes are of input, forget and output.

    Source: Gers, Schraudolph and Schmidhuber (2002), *Learning precise timing with LSTM recurrent
    networks*, Journal of Machine Learning Research 3.
    """

    cell, blocks = _CELL, (4, 4, 3)
