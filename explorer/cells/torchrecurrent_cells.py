"""Cells of the package torchrecurrent, described so that they can be traced.

The equations are those of the package's own cells (version 0.2.5), whose documentation names the
paper of each; ``record`` holds every trace against what the cell itself returned.
"""

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import linear

from explorer.errors import ExplorerError
from explorer.recurrence.cell import Cell, See, TensorState, traceable


def describe() -> tuple[str, ...]:
    """Makes the cells that are known here traceable, inside layers of the package too.

    ::

        from explorer.cells import torchrecurrent_cells

        torchrecurrent_cells.describe()
        explorer.trace(torchrecurrent.MGUCell(8, 16), inputs)   # (T, B, 8)

    A layer of the package, such as ``MGU``, calls its cells: record it, and each of them has a
    trace.

    Returns:
        The names of their classes.

    Raises:
        ExplorerError: The package is not installed.
    """
    try:
        import torchrecurrent
    except ImportError:
        raise ExplorerError(
            "The package torchrecurrent is not installed: pip install torchrecurrent==0.2.5."
        ) from None
    for name, cell in _CELLS.items():
        traceable(cell)(getattr(torchrecurrent, name))
    return tuple(_CELLS)


def _project(cell: Any, inputs: Tensor) -> Tensor:
    return linear(inputs, cell.weight_ih, cell.bias_ih)


def _recurrent(cell: Any, hidden: Tensor) -> Tensor:
    return linear(hidden, cell.weight_hh, cell.bias_hh)


def _weighed(see: See, gate: Tensor, if_open: Tensor, if_shut: Tensor) -> TensorState:
    return (see("hidden", gate * if_open + (1 - gate) * if_shut),)


def _mgu(cell: Any, x: Tensor, state: TensorState, see: See) -> TensorState:
    (hidden,), (to_forget, to_candidate) = state, x.chunk(2, 1)
    (of_forget, of_candidate), (bias, candidate_bias) = (
        cell.weight_hh.chunk(2),
        cell.bias_hh.chunk(2),
    )
    forget = see("forget", cell.gate_act(to_forget + linear(hidden, of_forget, bias)))
    recurrent = linear(forget * hidden, of_candidate, candidate_bias)
    candidate = see("candidate", cell.act(to_candidate + recurrent))
    return _weighed(see, forget, candidate, hidden)


def _peephole(cell: Any, x: Tensor, state: TensorState, see: See) -> TensorState:
    hidden, memory = state
    to_input, to_forget, to_candidate, to_output = (x + _recurrent(cell, hidden)).chunk(4, 1)
    of_input, of_forget, of_output = cell.weight_ph.chunk(3)
    input_ = see("input", cell.gate_act(to_input + of_input * memory))
    forget = see("forget", cell.gate_act(to_forget + of_forget * memory))
    candidate = see("candidate", cell.act(to_candidate))
    memory = see("memory", forget * memory + input_ * candidate)
    output = see("output", cell.gate_act(to_output + of_output * memory))
    return see("hidden", output * cell.act(memory)), memory


def _original_lstm(cell: Any, x: Tensor, state: TensorState, see: See) -> TensorState:
    hidden, memory = state
    to_input, to_candidate, to_output = (x + _recurrent(cell, hidden)).chunk(3, 1)
    input_, candidate = see("input", to_input.sigmoid()), see("candidate", to_candidate.tanh())
    output = see("output", to_output.sigmoid())
    memory = see("memory", memory + input_ * candidate)
    return see("hidden", output * memory.tanh()), memory


def _multiplicative_lstm(cell: Any, x: Tensor, state: TensorState, see: See) -> TensorState:
    hidden, memory = state
    H = hidden.shape[1]
    product = see("product", x[:, :H] * _recurrent(cell, hidden))
    gates = x[:, H:] + linear(product, cell.weight_mh, cell.bias_mh)
    to_input, to_forget, to_candidate, to_output = gates.chunk(4, 1)
    input_, forget = see("input", to_input.sigmoid()), see("forget", to_forget.sigmoid())
    candidate, output = see("candidate", to_candidate.tanh()), see("output", to_output.sigmoid())
    memory = see("memory", forget * memory + input_ * candidate)
    return see("hidden", output * memory.tanh()), memory


def _janet(cell: Any, x: Tensor, state: TensorState, see: See) -> TensorState:
    hidden, memory = state
    to_forget, to_candidate = (x + _recurrent(cell, hidden)).chunk(2, 1)
    forget, candidate = see("forget", to_forget.sigmoid()), see("candidate", to_candidate.tanh())
    update = see("update", (to_forget - cell.beta).sigmoid())
    memory = see("memory", forget * memory + (1 - update) * candidate)
    return see("hidden", memory), memory


def _li_gru(cell: Any, x: Tensor, state: TensorState, see: See) -> TensorState:
    (hidden,) = state
    to_update, to_candidate = (x + _recurrent(cell, hidden)).chunk(2, 1)
    update = see("update", cell.gate_act(to_update))
    candidate = see("candidate", cell.act(to_candidate))
    return _weighed(see, update, hidden, candidate)


def _light_ru(cell: Any, x: Tensor, state: TensorState, see: See) -> TensorState:
    (hidden,), (to_candidate, to_forget) = state, x.chunk(2, 1)
    candidate = see("candidate", to_candidate.tanh())
    forget = see("forget", (to_forget + _recurrent(cell, hidden)).sigmoid())
    return _weighed(see, forget, candidate, hidden)


def _ugrnn(cell: Any, x: Tensor, state: TensorState, see: See) -> TensorState:
    (hidden,) = state
    to_candidate, to_update = (x + _recurrent(cell, hidden)).chunk(2, 1)
    candidate, update = see("candidate", to_candidate.tanh()), see("update", to_update.sigmoid())
    return _weighed(see, update, hidden, candidate)


def _minimal_rnn(cell: Any, x: Tensor, state: TensorState, see: See) -> TensorState:
    (hidden,) = state
    candidate = see("candidate", cell.act(x))
    gate = _recurrent(cell, hidden) + linear(candidate, cell.weight_mm)
    update = see("update", cell.gate_act(gate))
    return _weighed(see, update, hidden, candidate)


def _atr(cell: Any, x: Tensor, state: TensorState, see: See) -> TensorState:
    (hidden,), recurrent = state, _recurrent(cell, state[0])
    input_, forget = (
        see("input", (x + recurrent).sigmoid()),
        see("forget", (x - recurrent).sigmoid()),
    )
    return (see("hidden", input_ * x + forget * hidden),)


def _cfn(cell: Any, x: Tensor, state: TensorState, see: See) -> TensorState:
    (hidden,), (to_forget, to_input, to_candidate) = state, x.chunk(3, 1)
    recurrent_forget, recurrent_input = _recurrent(cell, hidden).chunk(2, 1)
    forget = see("forget", (to_forget + recurrent_forget).sigmoid())
    input_ = see("input", (to_input + recurrent_input).sigmoid())
    candidate = see("candidate", to_candidate.tanh())
    return (see("hidden", forget * hidden.tanh() + input_ * candidate),)


def _star(cell: Any, x: Tensor, state: TensorState, see: See) -> TensorState:
    (hidden,), (to_candidate, to_input) = state, x.chunk(2, 1)
    candidate = see("candidate", to_candidate.tanh())
    input_ = see("input", (to_input + _recurrent(cell, hidden)).sigmoid())
    return (see("hidden", ((1 - input_) * hidden + input_ * candidate).tanh()),)


def _lem(cell: Any, x: Tensor, state: TensorState, see: See) -> TensorState:
    (hidden, memory), (to_slow, to_fast, to_memory, to_candidate) = state, x.chunk(4, 1)
    of_slow, of_fast, of_memory = _recurrent(cell, hidden).chunk(3, 1)
    slow = see("slow", cell.dt * (to_slow + of_slow).sigmoid())
    fast = see("fast", cell.dt * (to_fast + of_fast).sigmoid())
    inner = see("inner", (to_memory + of_memory).tanh())
    seen = linear(memory, cell.weight_ch, cell.bias_ch)
    candidate = see("candidate", (to_candidate + seen).tanh())
    after = see("memory", (1 - fast) * memory + fast * inner)
    return see("hidden", (1 - slow) * hidden + slow * candidate), after


def _co_rnn(cell: Any, x: Tensor, state: TensorState, see: See) -> TensorState:
    hidden, velocity = state
    force = x + _recurrent(cell, hidden) + linear(velocity, cell.weight_ch, cell.bias_ch)
    force = see("force", torch.tanh(force))
    change = force - cell.gamma * hidden - cell.epsilon * velocity
    velocity = see("velocity", velocity + cell.dt * change)
    return see("hidden", hidden + cell.dt * velocity), velocity


def _cell(
    name: str,
    step: Callable[..., TensorState],
    quantities: str,
    *,
    gates: str = "",
    states: str = "hidden",
    retaining: str | None = None,
) -> Cell:
    return Cell(
        f"torchrecurrent-{name}",
        tuple(quantities.split()),
        states=tuple(states.split()),
        gates=tuple(gates.split()),
        retaining=retaining,
        step=step,
        project=_project,
    )


_TWO = "hidden memory"
_CELLS: Mapping[str, Cell] = {
    "ATRCell": _cell("atr", _atr, "input forget hidden", gates="input forget", retaining="forget"),
    "CFNCell": _cell("cfn", _cfn, "forget input candidate hidden", gates="forget input"),
    "JANETCell": _cell(
        "janet",
        _janet,
        "forget candidate update memory hidden",
        gates="forget update",
        states=_TWO,
        retaining="forget",
    ),
    "LEMCell": _cell("lem", _lem, "slow fast inner candidate memory hidden", states=_TWO),
    "LiGRUCell": _cell(
        "ligru", _li_gru, "update candidate hidden", gates="update", retaining="update"
    ),
    "LightRUCell": _cell("lightru", _light_ru, "candidate forget hidden", gates="forget"),
    "MGUCell": _cell("mgu", _mgu, "forget candidate hidden", gates="forget"),
    "MinimalRNNCell": _cell(
        "minimalrnn", _minimal_rnn, "candidate update hidden", gates="update", retaining="update"
    ),
    "MultiplicativeLSTMCell": _cell(
        "multiplicative-lstm",
        _multiplicative_lstm,
        "product input forget candidate output memory hidden",
        gates="input forget output",
        states=_TWO,
        retaining="forget",
    ),
    "OriginalLSTMCell": _cell(
        "original-lstm",
        _original_lstm,
        "input candidate output memory hidden",
        gates="input output",
        states=_TWO,
    ),
    "PeepholeLSTMCell": _cell(
        "peephole-lstm",
        _peephole,
        "input forget candidate memory output hidden",
        gates="input forget output",
        states=_TWO,
        retaining="forget",
    ),
    "STARCell": _cell("star", _star, "candidate input hidden", gates="input"),
    "UGRNNCell": _cell(
        "ugrnn", _ugrnn, "candidate update hidden", gates="update", retaining="update"
    ),
    "coRNNCell": _cell("cornn", _co_rnn, "force velocity hidden", states="hidden velocity"),
}
