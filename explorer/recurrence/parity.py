"""How far the trace is from what the module itself computes; one number that a page can show."""

from collections.abc import Callable

import numpy as np
import torch
from torch.nn.utils.rnn import PackedSequence, pad_packed_sequence

from explorer.recurrence.cells import Array
from explorer.recurrence.sequences import InitialState
from explorer.recurrence.trace import trace
from explorer.recurrence.weights import Recurrent


def parity(
    module: Recurrent, inputs: torch.Tensor | PackedSequence, state: InitialState | None = None
) -> float:
    """The greatest absolute difference between the traced hidden states and the module's output.

    Args:
        module: As for ``trace``.
        inputs: As for ``trace``.
        state: As for ``trace``.

    Returns:
        The difference over the last layer, all directions, sequences and true steps. Rounding
        alone gives less than 1e-6 in float32 and 1e-13 in float64.

    Raises:
        ExplorerError: As for ``trace``.
    """
    traced = trace(module, inputs, state)["hidden"].values[-1]  # (D, B, T, H)
    with torch.inference_mode():
        # Not module(...): a hook that someone has put on the module is none of our business.
        forward: Callable[..., tuple[torch.Tensor | PackedSequence, object]] = module.forward
        output, _ = forward(inputs, state)
    B, T = traced.shape[1:3]
    ours = traced.transpose(1, 2, 0, 3).reshape(B, T, -1)  # (B, T, D H)
    return float(np.nanmax(np.abs(ours - _batch_first(module, output))))


def _batch_first(module: Recurrent, output: torch.Tensor | PackedSequence) -> Array:
    """The module's output as (B, T, D H), whatever its own layout."""
    if isinstance(output, PackedSequence):
        output, _ = pad_packed_sequence(output, batch_first=True)
    elif output.dim() == 2:
        output = output[None]
    elif not module.batch_first:
        output = output.transpose(0, 1)
    array: Array = output.cpu().double().numpy()
    return array
