"""How exact a trace is beside the module itself; two numbers that a page can show.

Both compute in float32 as a rule, in another order of sums, and each rounds on its own way: over
many steps of trained weights by some millionths. So neither is the measure of the other; float64
is, by PyTorch's own forward pass.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch.nn.utils.rnn import PackedSequence, pad_packed_sequence

from explorer.recurrence.call_arguments import named
from explorer.recurrence.cells import Array
from explorer.recurrence.hooks import unwatched
from explorer.recurrence.modules import Recurrent, has_own_forward, structure_of
from explorer.recurrence.sequences import InitialState
from explorer.recurrence.trace import trace

FACTOR = 4  # rounding is a matter of chance: twice as far was seen, a mistake is thousands of times
LEAST = 4  # unit roundoffs: one step rounds that much whatever the other pass does


@dataclass(frozen=True)
class Parity:
    """How far two computations of the last layer's hidden states are from a third in float64.

    Attributes:
        trace: The greatest absolute distance of the trace, over all directions, sequences and true
            steps.
        module: That of the module's own forward pass; 0 for a module in float64, which is the
            measure itself.
        rounding: The unit roundoff of the precision in which both compute.
    """

    trace: float
    module: float
    rounding: float

    @property
    def limit(self) -> float:
        """How far a trace without a mistake may be, a float32 module's."""
        return max(FACTOR * self.module, LEAST * self.rounding)


def parity(
    module: Recurrent, inputs: torch.Tensor | PackedSequence, state: InitialState | None = None
) -> Parity:
    """Traces a module, and compares the trace and the module's own output with float64.

    Args:
        module: As for ``trace``.
        inputs: As for ``trace``.
        state: As for ``trace``.

    Raises:
        ExplorerError: As for ``trace``.
    """
    return compared(trace(module, inputs, state)["hidden"].values[-1], module, inputs, state)


def compared(
    traced: Array,
    module: Recurrent,
    inputs: torch.Tensor | PackedSequence,
    state: InitialState | None = None,
) -> Parity:
    """As `parity`, of a trace that is there.

    Args:
        traced: The last layer's hidden states, (D, B, T, H).
        module: What was traced.
        inputs: What it read.
        state: What it began with.
    """
    B, T = traced.shape[1:3]
    ours = traced.transpose(1, 2, 0, 3).reshape(B, T, -1)  # (B, T, D H)
    own = _output(module, inputs, state)
    exact = _output(deepcopy(module).double(), _double(inputs), _double(state))
    dtype = torch.float64 if traced.dtype == np.float64 else torch.float32
    return Parity(
        trace=float(np.nanmax(np.abs(ours - exact))),
        module=float(np.abs(own - exact).max()),
        rounding=torch.finfo(dtype).eps / 2,
    )


def _double(given: Any) -> Any:
    if isinstance(given, tuple) and not isinstance(given, PackedSequence):  # (h0, c0)
        return tuple(map(_double, given))
    return None if given is None else given.to(torch.float64)


@torch.inference_mode()
def _output(module: Recurrent, inputs: Any, state: Any) -> Array:
    """The module's output as (B, T, D H), whatever its own layout."""
    # Not module(...): a hook that someone has put on the module is none of our business.
    forward: Callable[..., Any] = module.forward
    with unwatched():
        if has_own_forward(module):
            output = forward(inputs, **named(module, inputs, state))
        else:
            output = forward(inputs, state)
    if structure_of(module).is_cell:
        hidden = output if isinstance(output, torch.Tensor) else output[0]
        output = hidden.reshape(-1, 1, hidden.shape[-1])
    else:
        output, _ = output
    if isinstance(output, PackedSequence):
        output, _ = pad_packed_sequence(output, batch_first=True)
    elif output.dim() == 2:
        output = output[None]
    elif not getattr(module, "batch_first", True):
        output = output.transpose(0, 1)
    array: Array = output.cpu().double().numpy()
    return array
