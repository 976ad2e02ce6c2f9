"""Reads the parameters of a recurrent module, as it is, into plain arrays.

It changes nothing on the module and keeps no hold of it; the arrays share the parameters' memory
wherever they lie on the CPU in the wanted precision.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils import parametrize
from torch.nn.utils.prune import BasePruningMethod
from torch.nn.utils.spectral_norm import SpectralNorm
from torch.nn.utils.weight_norm import WeightNorm

from explorer.recurrence.cells import CELLS, Array, ArrayCell
from explorer.recurrence.modules import OneStep, Recurrent, Structure
from explorer.recurrence.tensors import array_of

#: torch's hooks that compute a weight anew in front of every forward pass.
_REPARAMETRIZING = (WeightNorm, SpectralNorm, BasePruningMethod)

#: Gives a parameter by its name.
_Read = Callable[[str], Tensor]


@dataclass(frozen=True)
class Weights:
    """One direction of one layer; G is the number of blocks of its cell.

    Attributes:
        ih: (G H, I), applied to the input; I is the input size, or D H above the first layer.
        hh: (G H, H), applied to the hidden state.
        bias_ih: (G H,), zero for a module without bias.
        bias_hh: (G H,), zero for a module without bias.
        hr: (P, H), by which an LSTM with ``proj_size`` P projects its hidden state, if it does.
            There the hidden state's H in the shapes of ``ih`` and ``hh`` is P.
    """

    ih: Array
    hh: Array
    bias_ih: Array
    bias_hh: Array
    hr: Array | None = None


@dataclass(frozen=True)
class Stack:
    """A recurrent module's cell and weights.

    Attributes:
        cell: The kind of cell.
        layers: The weights of each layer (L of them), one per direction (D of them).
        dtype: What they are computed in: float64 for a float64 module, else float32.
    """

    cell: ArrayCell
    layers: tuple[tuple[Weights, ...], ...]
    dtype: torch.dtype


def read_weights(module: Recurrent, structure: Structure, *, called: bool = False) -> Stack:
    """The weights that the module's next forward pass uses.

    Reparametrizations by ``torch.nn.utils`` (weight norm, spectral norm, pruning and the newer
    parametrizations) are computed as that pass computes them, and any state of theirs stays.

    Args:
        module: A recurrent module.
        structure: Its structure.
        called: Whether a call of it has just begun, so that its hooks before the forward pass have
            run already.
    """
    read = _reader(module, called=called)
    first = read("weight_ih" if structure.is_cell else "weight_ih_l0")
    dtype = torch.float64 if first.dtype == torch.float64 else torch.float32
    layers = tuple(
        tuple(_read_direction(read, suffix, structure, dtype) for suffix in directions)
        for directions in _suffixes(structure)
    )
    return Stack(CELLS[structure.mode], layers, dtype)


def _suffixes(structure: Structure) -> list[list[str]]:
    """What the names of the parameters of each layer and direction end in."""
    if structure.is_cell:
        return [[""]]
    ends = ("", "_reverse")[: structure.directions]
    return [[f"_l{layer}{end}" for end in ends] for layer in range(structure.layers)]


def _read_direction(read: _Read, suffix: str, structure: Structure, dtype: torch.dtype) -> Weights:
    ih = array_of(read(f"weight_ih{suffix}"), dtype)
    hh = array_of(read(f"weight_hh{suffix}"), dtype)
    if structure.bias:
        bias_ih = array_of(read(f"bias_ih{suffix}"), dtype)
        bias_hh = array_of(read(f"bias_hh{suffix}"), dtype)
    else:
        bias_ih = bias_hh = np.zeros(len(hh), hh.dtype)
    is_projected = structure.state_size < structure.hidden_size
    hr = array_of(read(f"weight_hr{suffix}"), dtype) if is_projected else None
    return Weights(ih, hh, bias_ih, bias_hh, hr)


def _reader(module: Recurrent, *, called: bool) -> _Read:
    hooks = _hooks(module, called=called)
    if not hooks and "parametrizations" not in module._modules:
        return lambda name: getattr(module, name)
    twin = _twin_of(module, hooks)
    if isinstance(twin, OneStep):
        return cache(partial(getattr, twin))  # each is computed once a pass
    twin._update_flat_weights()
    return dict(zip(twin._flat_weights_names, twin._flat_weights, strict=True)).__getitem__


def as_called(module: nn.Module, *, called: bool = False) -> nn.Module:
    """The module with the parameters that its next forward pass uses, whatever computes them.

    Args:
        module: A described module.
        called: As for ``read_weights``.
    """
    hooks = _hooks(module, called=called)
    if not hooks and not any("parametrizations" in part._modules for part in module.modules()):
        return module
    twin: nn.Module = _twin_of(module, hooks)
    return twin


def weights_kept(module: nn.Module) -> AbstractContextManager[None]:
    """Inside it, each parametrized weight of a module is computed once, whoever reads it."""
    # torch keeps them for all modules of all threads, so only where there is something to keep.
    if any("parametrizations" in part._modules for part in module.modules()):
        return parametrize.cached()
    return nullcontext()


def compute_weights(module: nn.Module) -> None:
    """Lets hooks of ``torch.nn.utils`` put a module's weights on it, as in front of a call."""
    for hook in _hooks(module, called=False):
        hook(module, ())


def _hooks(module: nn.Module, *, called: bool) -> list[Callable[..., Any]]:
    hooks = [] if called else module._forward_pre_hooks.values()
    return [hook for hook in hooks if isinstance(hook, _REPARAMETRIZING)]


def _twin_of(module: nn.Module, hooks: Sequence[Callable[..., Any]]) -> Any:
    twin = _twin(module)
    for hook in hooks:
        hook(twin, ())
    return twin


def _twin(module: nn.Module) -> Any:
    """A module of the same parameters, with copies of what a computation of them changes."""
    twin = module._replicate_for_data_parallel()  # type: ignore[no-untyped-call]
    twin._parameters = dict(module._parameters)
    twin._buffers = {
        name: kept if kept is None else kept.clone() for name, kept in module._buffers.items()
    }
    twin._modules = {name: inner and _twin(inner) for name, inner in module._modules.items()}
    vars(twin)["flatten_parameters"] = lambda: None  # it would move the parameters of both
    return twin
