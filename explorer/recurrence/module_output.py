"""Makes of a pass's hidden states what the module itself would return: output and final state."""

from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.autograd import forward_ad
from torch.func import debug_unwrap
from torch.jit._trace import is_tracing
from torch.nn.utils.rnn import PackedSequence

from explorer.errors import ExplorerError
from explorer.recurrence.cells import Array
from explorer.recurrence.forward import Forward
from explorer.recurrence.tensors import array_of


def module_output(done: Forward, own: Any) -> Any:
    """What a pass returns, in the form of what the module itself returned.

    Args:
        done: The pass.
        own: What the module returned for the same arguments: output and final state, or of a cell
            the final state alone.

    Returns:
        Of the same layout, types and devices. No gradient passes through: asking for one that
        the module's own output would have had raises an ExplorerError.
    """
    if done.structure.is_cell:
        return _final_state(done, own)
    output, state = own
    if isinstance(output, PackedSequence):
        made: Any = output._replace(data=_like(_rows(done), output.data))
    else:
        made = _like(_padded(done), output)
    return made, _final_state(done, state)


def difference(done: Forward, own: Any) -> tuple[float, float]:
    """How far a pass without changes is from what the module itself returned for it.

    Returns:
        The greatest absolute difference of the output, and what rounding explains of it: the square
        root of the unit of the precision that it was computed in, times its greatest
        value where that is above 1.
    """
    output = own if done.structure.is_cell else own[0]
    if isinstance(output, PackedSequence):
        ours, theirs = _rows(done), output.data
    elif done.structure.is_cell:
        theirs = output if isinstance(output, Tensor) else output[0]
        ours = _last(done, "hidden")
    else:
        ours, theirs = _padded(done), output
    expected = array_of(theirs, done.stack.dtype)
    same = (ours == expected) | (np.isnan(ours) & np.isnan(expected))
    found = np.where(same, 0, np.abs(ours - expected)).max(initial=0)
    size = max(1.0, float(np.abs(expected).max(initial=0)))
    return float(found), size * _unit(theirs) ** 0.5


def _unit(output: Tensor) -> float:
    """The unit of the precision that a module computed its output in, which may be of a finer type.

    Autocast lets products be of its own precision, but leaves float64 alone.
    """
    unit, device = torch.finfo(output.dtype).eps, output.device.type
    if output.dtype != torch.float64 and torch.is_autocast_enabled(device):
        unit = max(unit, torch.finfo(torch.get_autocast_dtype(device)).eps)
    return unit


def _rows(done: Forward) -> Array:
    """The output of every row, (N, D H)."""
    parts = [part[-1] for part in done.values["hidden"]]  # (D, t, n, H) each
    rows: Array = np.concatenate([_side_by_side(part) for part in parts])
    return rows


def _side_by_side(hidden: Array) -> Array:
    """From (D, t, n, H) to (t n, D H)."""
    D, t, n, H = hidden.shape
    return hidden.transpose(1, 2, 0, 3).reshape(t * n, D * H)


def _padded(done: Forward) -> Array:
    """The output as the module lays it out, (T, B, D H) or (B, T, D H), or (T, D H)."""
    T, B = len(done.rows.sizes), len(done.rows.order)
    rows = _rows(done)
    steps = rows.reshape(T, B, rows.shape[1])
    if not done.rows.batched:
        return steps[:, 0]
    return steps.swapaxes(0, 1) if done.structure.batch_first else steps


def _final_state(done: Forward, own: Any) -> Any:
    if isinstance(own, Tensor):
        return _like(_last(done, "hidden"), own)
    return tuple(
        _like(_last(done, name), part)
        for name, part in zip(done.structure.cell.states, own, strict=True)
    )


def _last(done: Forward, name: str) -> Array:
    """What each direction of each layer ends with: (L D, B, H), (B, H) of a cell; B only if any."""
    laid_out = done.rows.lay_out(done.values[name])  # (L, D, B, T, H)
    L, D, B, _, H = laid_out.shape
    ends = np.zeros((D, B), int)  # going backward, a sequence ends at its first step
    ends[0] = done.rows.lengths - 1
    last = np.stack(
        [laid_out[:, way, np.arange(B), ends[way]] for way in range(D)], axis=1
    )  # (L, D, B, H)
    together: Array = last.reshape(L * D, B, H)
    if done.structure.is_cell:
        together = together[0]
    return together if done.rows.batched else together[..., 0, :]


def _like(values: Array, own: Tensor) -> Tensor:
    dual = forward_ad.unpack_dual(own)  # type: ignore[no-untyped-call]
    if debug_unwrap(own) is not own or dual.tangent is not None:
        raise ExplorerError(
            "An intervention does not propagate derivatives, so it cannot act inside "
            "torch.func or forward-mode differentiation: call the model outside them."
        )
    if is_tracing():  # type: ignore[no-untyped-call]
        raise ExplorerError(
            "torch.jit.trace stores what an intervention computes as constants: use the "
            "traced model without it."
        )
    tensor = torch.from_numpy(np.ascontiguousarray(values)).to(own.device, own.dtype)
    if not own.requires_grad:
        return tensor
    computed: Tensor = _WithoutGradient.apply(own, tensor)  # type: ignore[no-untyped-call]
    return computed


class _WithoutGradient(torch.autograd.Function):
    """Stands where a gradient would have passed, so that its loss is not silent."""

    @staticmethod
    def forward(ctx: Any, own: Tensor, values: Tensor) -> Tensor:
        return values.view_as(values)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> Any:
        raise ExplorerError(
            "No gradient passes through a layer changed by an intervention: compute "
            "gradients outside it."
        )
