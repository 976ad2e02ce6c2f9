"""Reads the parameters of a recurrent module, as it is, into plain arrays.

It changes nothing on the module and keeps no hold of it; the arrays share the parameters' memory
wherever they lie on the CPU in the wanted precision. It knows nothing of inputs.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from explorer.errors import ExplorerError
from explorer.recurrence.cells import CELLS, Array, Cell

Recurrent = nn.RNN | nn.GRU | nn.LSTM


@dataclass(frozen=True)
class Weights:
    """One direction of one layer; G is the number of blocks of its cell.

    Attributes:
        ih: (G H, I), applied to the input; I is the input size, or D H above the first layer.
        hh: (G H, H), applied to the hidden state.
        bias_ih: (G H,), zero for a module without bias.
        bias_hh: (G H,), zero for a module without bias.
    """

    ih: Array
    hh: Array
    bias_ih: Array
    bias_hh: Array


@dataclass(frozen=True)
class Stack:
    """A recurrent module's cell and weights.

    Attributes:
        cell: The kind of cell.
        layers: The weights of each layer (L of them), one per direction (D of them).
        dtype: What they are computed in: float64 for a float64 module, else float32.
    """

    cell: Cell
    layers: tuple[tuple[Weights, ...], ...]
    dtype: torch.dtype


def check_module(module: object) -> Recurrent:
    """The module, if a trace of it can be had.

    Raises:
        ExplorerError: It is not recurrent, has a projection or no values, or is in a mode in
            which dropout between its layers makes every pass another one.
    """
    if not isinstance(module, Recurrent):
        raise ExplorerError(
            "A trace reads an nn.RNN, an nn.GRU or an nn.LSTM, not a {kind}.",
            kind=type(module).__name__,
        )
    if module.proj_size > 0:
        raise ExplorerError(
            "This LSTM projects its hidden state to {size} numbers (proj_size); "
            "only LSTMs without a projection can be traced.",
            size=module.proj_size,
        )
    if module.training and module.dropout > 0 and module.num_layers > 1:
        raise ExplorerError(
            "This {kind} is in training mode, where dropout between its layers makes every pass "
            "differ: call .eval() on it first.",
            kind=type(module).__name__,
        )
    if module.weight_hh_l0.is_meta:
        raise ExplorerError(
            'This {kind} is on the device "meta", where weights have no values: '
            "load them on another one first.",
            kind=type(module).__name__,
        )
    return module


def recurrent_modules(model: nn.Module) -> dict[str, Recurrent]:
    """Every recurrent module inside a model, by its name there; "" is the model itself.

    Raises:
        ExplorerError: This is no model, or there is none, or one of which no trace can be had.
    """
    if not isinstance(model, nn.Module):
        raise ExplorerError("A model is an nn.Module; this is a {kind}.", kind=type(model).__name__)
    found = {
        name: check_module(module)
        for name, module in model.named_modules()
        if isinstance(module, nn.RNNBase)
    }
    if not found:
        raise ExplorerError(
            "This {kind} contains no nn.RNN, nn.GRU or nn.LSTM.", kind=type(model).__name__
        )
    return found


def read_weights(module: Recurrent) -> Stack:
    """The weights of a module that ``check_module`` has let through."""
    dtype = torch.float64 if module.weight_hh_l0.dtype == torch.float64 else torch.float32
    directions = ("", "_reverse") if module.bidirectional else ("",)
    layers = tuple(
        tuple(_read_direction(module, f"l{layer}{direction}", dtype) for direction in directions)
        for layer in range(module.num_layers)
    )
    return Stack(CELLS[module.mode], layers, dtype)


def _read_direction(module: Recurrent, suffix: str, dtype: torch.dtype) -> Weights:
    ih = _array(getattr(module, f"weight_ih_{suffix}"), dtype)
    hh = _array(getattr(module, f"weight_hh_{suffix}"), dtype)
    if not module.bias:
        zero = np.zeros(len(hh), hh.dtype)
        return Weights(ih, hh, zero, zero)
    bias_ih = _array(getattr(module, f"bias_ih_{suffix}"), dtype)
    bias_hh = _array(getattr(module, f"bias_hh_{suffix}"), dtype)
    return Weights(ih, hh, bias_ih, bias_hh)


def _array(parameter: torch.Tensor, dtype: torch.dtype) -> Array:
    plain = parameter.detach()
    if plain.dtype != dtype or not plain.is_cpu or not plain.is_contiguous():
        plain = plain.to("cpu", dtype).contiguous()
    array: Array = plain.numpy()
    return array
