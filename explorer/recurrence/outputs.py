"""Makes of every quantity's values what the module itself would return: output and final state.

It knows neither cells nor interventions.
"""

from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn.utils.rnn import PackedSequence

from explorer.errors import ExplorerError
from explorer.recurrence.cells import Array
from explorer.recurrence.forward import Forward
from explorer.recurrence.weights import Recurrent

Output = Tensor | PackedSequence
Returned = tuple[Output, Tensor | tuple[Tensor, Tensor]]


def returned(module: Recurrent, done: Forward, own: Returned) -> Returned:
    """The output and final state of a pass, in the form of what the module itself returned.

    Args:
        module: The module.
        done: The pass.
        own: What the module returned for the same arguments.

    Returns:
        Of the same layout, types and devices. No gradient passes through: asking for one that
        the module's own output would have had raises an ExplorerError.
    """
    output, state = own
    flat = np.concatenate([_side_by_side(part[-1]) for part in done.values["hidden"]])  # (N, D H)
    if isinstance(output, PackedSequence):
        data = _like(flat, output.data)
        return output._replace(data=data), _final_state(done, state)
    T, B = len(done.rows.sizes), len(done.rows.order)
    steps = flat.reshape(T, B, -1)  # (T, B, D H)
    if not done.rows.batched:
        steps = steps[:, 0]
    elif module.batch_first:
        steps = steps.swapaxes(0, 1)
    return _like(steps, output), _final_state(done, state)


def _side_by_side(hidden: Array) -> Array:
    """From (D, t, n, H) to (t n, D H)."""
    D, t, n, H = hidden.shape
    return hidden.transpose(1, 2, 0, 3).reshape(t * n, D * H)


def _final_state(done: Forward, own: Tensor | tuple[Tensor, Tensor]) -> Any:
    if isinstance(own, Tensor):
        return _like(_last(done, "hidden"), own)
    return tuple(
        _like(_last(done, name), part) for name, part in zip(("hidden", "memory"), own, strict=True)
    )


def _last(done: Forward, name: str) -> Array:
    """What each direction of each layer ends with, (L D, B, H), or (L D, H) without a batch."""
    laid_out = done.rows.lay_out(done.values[name])  # (L, D, B, T, H)
    L, D, B, _, H = laid_out.shape
    ends = np.zeros((D, B), int)  # going backward, a sequence ends at its first step
    ends[0] = done.rows.lengths - 1
    last = np.stack(
        [laid_out[:, way, np.arange(B), ends[way]] for way in range(D)], axis=1
    )  # (L, D, B, H)
    together: Array = last.reshape(L * D, B, H)
    return together if done.rows.batched else together[:, 0]


def _like(values: Array, own: Tensor) -> Tensor:
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
            "No gradient passes through a layer that an intervention changes: "
            "compute gradients outside of it."
        )
