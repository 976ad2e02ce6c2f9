"""The LSTM with an exponential input gate."""

from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import linear, logsigmoid

from explorer.cells.stacked import Stacked, stacked_cell
from explorer.recurrence.cell import See, TensorState, traceable


def step(part: Any, x: Tensor, state: TensorState, see: See) -> TensorState:
    """C = F ⊙ C_prev + I ⊙ Z, N = F ⊙ N_prev + I, H = O ⊙ C ÷ N.

    I = exp(ĩ) and F = σ(f̃) are both divided by exp(M), M = max(log F + M_prev, ĩ), which leaves
    C ÷ N as it is and keeps every number small. Where nothing has been stored, M = ĩ.
    """
    hidden, memory, normalizer, stabilizer = state
    log_input, to_forget, to_candidate, to_output = (x + linear(hidden, part.weight_hh)).chunk(4, 1)
    log_kept = logsigmoid(to_forget) + stabilizer
    largest = torch.where(normalizer == 0, log_input, torch.maximum(log_kept, log_input))
    stabilizer = see("stabilizer", largest)
    input_ = see("input", torch.exp((log_input - stabilizer).clamp(max=0)))
    forget = see("forget", torch.exp((log_kept - stabilizer).clamp(max=0)))
    candidate = see("candidate", torch.tanh(to_candidate))
    memory = see("memory", forget * memory + input_ * candidate)
    normalizer = see("normalizer", forget * normalizer + input_)
    output = see("output", torch.sigmoid(to_output))
    return see("hidden", output * memory / normalizer), memory, normalizer, stabilizer


_CELL = stacked_cell(
    "slstm",
    (
        "stabilizer",
        "input",
        "forget",
        "candidate",
        "memory",
        "normalizer",
        "output",
        "hidden",
    ),
    states=("hidden", "memory", "normalizer", "stabilizer"),
    gates=("input", "forget", "output"),
    step=step,
)


@traceable(_CELL)
class SLSTM(Stacked):
    """An sLSTM with one head, a sigmoid forget gate and four states.

    The gates of a trace are the stabilised ones, between 0 and 1. The blocks of the weights are
    input, forget, candidate and output. State: (hidden, memory, normalizer, stabilizer).

    Source: Beck et al. (2024), *xLSTM: extended long short-term memory*, arXiv:2405.04517,
    section 2.2.
    """

    cell, blocks = _CELL, (4, 4, 0)
