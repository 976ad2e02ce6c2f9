"""Cells whose gates do not see the state, so that all steps can be computed at once."""

from typing import Any

import torch
from torch import Tensor

from explorer.cells.stacked import Stacked, project, stacked_cell
from explorer.recurrence.cell import See, TensorState, traceable


def scan(keep: Tensor, add: Tensor, start: Tensor) -> Tensor:
    """H_t = keep_t ⊙ H_{t−1} + add_t at all steps, by log₂ T sums over ever longer stretches.

    Args:
        keep: (T, B, H).
        add: (T, B, H).
        start: H_0, (B, H).

    Returns:
        (T, B, H).

    Source: Hillis and Steele (1986), *Data parallel algorithms*.
    """
    add = torch.cat([add[:1] + keep[:1] * start, add[1:]])
    stretch = 1
    while stretch < len(add):
        add = torch.cat([add[:stretch], add[stretch:] + keep[stretch:] * add[:-stretch]])
        keep = torch.cat([keep[:stretch], keep[stretch:] * keep[:-stretch]])
        stretch *= 2
    return add


def _min_gru_project(part: Any, inputs: Tensor) -> Tensor:
    to_update, candidate = project(part, inputs).chunk(2, 1)
    return torch.cat([torch.sigmoid(to_update), candidate], dim=1)


def _min_gru_step(part: Any, x: Tensor, state: TensorState, see: See) -> TensorState:
    (hidden,), (update, candidate) = state, x.chunk(2, 1)
    update, candidate = see("update", update), see("candidate", candidate)
    return (see("hidden", (1 - update) * hidden + update * candidate),)


def _min_gru_parallel(part: Any, x: Tensor, start: Tensor) -> Tensor:
    update, candidate = x.chunk(2, 2)
    return scan(1 - update, update * candidate, start)


_MIN_GRU = stacked_cell(
    "mingru",
    ("update", "candidate", "hidden"),
    gates=("update",),
    step=_min_gru_step,
    project=_min_gru_project,
    parallel=_min_gru_parallel,
)


@traceable(_MIN_GRU)
class MinGRU(Stacked):
    """Z = σ(X W_z + b), H̃ = X W_h + b, H = (1 − Z) ⊙ H_prev + Z ⊙ H̃.

    The update gate is the share of the state that is *replaced*, as in the paper. Padded inputs are
    computed at all steps at once, packed ones step by step. The blocks of the weights are update
    and candidate.

    Source: Feng, Tung, Ahmed, Bengio and Hajimirsadeghi (2024), *Were RNNs all we needed?*,
    arXiv:2410.01201, section 3.1.
    """

    cell, blocks = _MIN_GRU, (2, 0, 0)


def _min_lstm_project(part: Any, inputs: Tensor) -> Tensor:
    to_forget, to_input, candidate = project(part, inputs).chunk(3, 1)
    forget, input_ = torch.sigmoid(to_forget), torch.sigmoid(to_input)
    both = forget + input_
    return torch.cat([forget / both, input_ / both, candidate], dim=1)


def _min_lstm_step(part: Any, x: Tensor, state: TensorState, see: See) -> TensorState:
    (hidden,), (forget, input_, candidate) = state, x.chunk(3, 1)
    forget, input_ = see("forget", forget), see("input", input_)
    candidate = see("candidate", candidate)
    return (see("hidden", forget * hidden + input_ * candidate),)


def _min_lstm_parallel(part: Any, x: Tensor, start: Tensor) -> Tensor:
    forget, input_, candidate = x.chunk(3, 2)
    return scan(forget, input_ * candidate, start)


_MIN_LSTM = stacked_cell(
    "minlstm",
    ("forget", "input", "candidate", "hidden"),
    gates=("forget", "input"),
    retaining="forget",
    step=_min_lstm_step,
    project=_min_lstm_project,
    parallel=_min_lstm_parallel,
)


@traceable(_MIN_LSTM)
class MinLSTM(Stacked):
    """H = F' ⊙ H_prev + I' ⊙ H̃, F' = F ÷ (F + I), I' = I ÷ (F + I), F, I = σ(X W + b), H̃ = X W + b.

    The gates of a trace are F' and I', which weigh; they sum to 1. Padded inputs are computed at
    all steps at once, packed ones step by step. The blocks of the weights are forget, input and
    candidate.

    Source: Feng, Tung, Ahmed, Bengio and Hajimirsadeghi (2024), *Were RNNs all we needed?*,
    arXiv:2410.01201, section 3.2.
    """

    cell, blocks = _MIN_LSTM, (3, 0, 0)
