"""The cells of torch and ``BookGRU`` by the public protocol, with differentiable operations.

The equations are those of ``cells.py``, which computes traces in preallocated arrays; the tests
hold the two against each other and both against torch.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import torch
from torch import Tensor
from torch.nn.functional import linear

from explorer.recurrence.cell import Cell, See, TensorState
from explorer.recurrence.quantities import GATES, QUANTITIES, RETAINING


@dataclass(frozen=True)
class TorchPart:
    """One direction of one layer; G blocks of H rows, as torch stacks them.

    Attributes:
        weight_ih: (G H, I).
        weight_hh: (G H, H).
        bias_ih: (G H,), or None.
        bias_hh: (G H,), or None.
        weight_hr: (P, H), of an LSTM that projects its hidden state.
    """

    weight_ih: Tensor
    weight_hh: Tensor
    bias_ih: Tensor | None = None
    bias_hh: Tensor | None = None
    weight_hr: Tensor | None = None


def _project(part: TorchPart, inputs: Tensor) -> Tensor:
    return linear(inputs, part.weight_ih, part.bias_ih)  # (N, G H)


def rnn_tanh_step(part: TorchPart, x: Tensor, state: TensorState, see: See) -> TensorState:
    """H = tanh(X W_xh + H W_hh + b), (8.4.5)."""
    return (see("hidden", torch.tanh(x + linear(state[0], part.weight_hh, part.bias_hh))),)


def rnn_relu_step(part: TorchPart, x: Tensor, state: TensorState, see: See) -> TensorState:
    """H = max(0, X W_xh + H W_hh + b)."""
    return (see("hidden", torch.relu(x + linear(state[0], part.weight_hh, part.bias_hh))),)


def gru_step(part: TorchPart, x: Tensor, state: TensorState, see: See) -> TensorState:
    """(9.1.1) to (9.1.3), where the reset gate multiplies the product, as in torch."""
    (hidden,) = state
    recurrent = linear(hidden, part.weight_hh, part.bias_hh)  # (n, 3 H)
    H = hidden.shape[1]
    reset, update = torch.sigmoid(x[:, : 2 * H] + recurrent[:, : 2 * H]).chunk(2, 1)  # (9.1.1)
    reset, update = see("reset", reset), see("update", update)
    candidate = see("candidate", torch.tanh(x[:, 2 * H :] + reset * recurrent[:, 2 * H :]))
    return (see("hidden", torch.lerp(candidate, hidden, update)),)  # (9.1.3)


def gru_book_step(part: TorchPart, x: Tensor, state: TensorState, see: See) -> TensorState:
    """(9.1.1) to (9.1.3), where the reset gate multiplies the state, as in the book."""
    (hidden,) = state
    H = hidden.shape[1]
    of_gates, of_candidate = part.weight_hh[: 2 * H], part.weight_hh[2 * H :]
    bias, candidate_bias = (
        (None, None) if part.bias_hh is None else (part.bias_hh[: 2 * H], part.bias_hh[2 * H :])
    )
    gates = x[:, : 2 * H] + linear(hidden, of_gates, bias)
    reset, update = torch.sigmoid(gates).chunk(2, 1)  # (9.1.1)
    reset, update = see("reset", reset), see("update", update)
    recurrent = linear(reset * hidden, of_candidate, candidate_bias)
    candidate = see("candidate", torch.tanh(x[:, 2 * H :] + recurrent))  # (9.1.2)
    return (see("hidden", torch.lerp(candidate, hidden, update)),)  # (9.1.3)


def lstm_step(part: TorchPart, x: Tensor, state: TensorState, see: See) -> TensorState:
    """(9.2.1) to (9.2.4); H = (O ⊙ tanh(C)) W_hrᵀ where the hidden state is projected."""
    hidden, memory = state
    gates = x + linear(hidden, part.weight_hh, part.bias_hh)
    input_, forget, candidate, output = gates.chunk(4, 1)
    input_, forget = see("input", torch.sigmoid(input_)), see("forget", torch.sigmoid(forget))
    output, candidate = (
        see("output", torch.sigmoid(output)),
        see("candidate", torch.tanh(candidate)),
    )
    memory = see("memory", forget * memory + input_ * candidate)  # (9.2.3)
    hidden = output * torch.tanh(memory)  # (9.2.4)
    if part.weight_hr is not None:
        hidden = linear(hidden, part.weight_hr)
    return see("hidden", hidden), memory


def _cell(name: str, **given: object) -> Cell:
    cell = Cell(
        name,
        QUANTITIES[name],
        gates=GATES[name],
        retaining=RETAINING.get(name),
        project=_project,
        one_step=False,
    )
    return replace(cell, **given)  # type: ignore[arg-type]


#: By PyTorch's name for the kind, ``module.mode``.
TORCH_CELLS: Mapping[str, Cell] = MappingProxyType(
    {
        "RNN_TANH": _cell("rnn", step=rnn_tanh_step),
        "RNN_RELU": _cell("rnn", step=rnn_relu_step),
        "GRU": _cell("gru", step=gru_step),
        "GRU_BOOK": _cell("gru", step=gru_book_step),
        "LSTM": _cell("lstm", step=lstm_step, states=("hidden", "memory")),
    }
)


def torch_parts(
    module: torch.nn.Module, layers: int, directions: int, *, one_step: bool
) -> Sequence[Sequence[TorchPart]]:
    """The parts of a module of torch's, by its parameters as they are now, or as computed anew."""
    if one_step:
        return [[_part(module, "")]]
    ends = ("", "_reverse")[:directions]
    return [[_part(module, f"_l{layer}{end}") for end in ends] for layer in range(layers)]


def _part(module: torch.nn.Module, suffix: str) -> TorchPart:
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_hr")
    return TorchPart(*[getattr(module, f"{name}{suffix}", None) for name in names])  # type: ignore[arg-type]
