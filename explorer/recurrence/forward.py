"""One pass of a recurrent module, from PyTorch's arguments to arrays of every quantity.

The common part of whoever labels these arrays and whoever makes a module's output of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from torch import Tensor
from torch.nn.utils.rnn import PackedSequence

from explorer.recurrence.cells import CELLS, Array
from explorer.recurrence.edits import Edits
from explorer.recurrence.engine import run
from explorer.recurrence.intervention import Intervention, check_place
from explorer.recurrence.sequences import InitialState, Rows, read_inputs, read_state
from explorer.recurrence.weights import Recurrent, Stack, check_module, read_weights


@dataclass(frozen=True)
class Forward:
    """What one pass computed.

    Attributes:
        stack: The weights it used.
        rows: The inputs that it read.
        values: Every quantity by name, (L, D, t, n, H) for each stretch of the rows.
        changed: Whether an intervention changed any value.
    """

    stack: Stack
    rows: Rows
    values: dict[str, list[Array]]
    changed: bool


def forward(
    module: Recurrent,
    inputs: Tensor | PackedSequence,
    state: InitialState | None,
    interventions: Sequence[Intervention],
) -> Forward:
    """Computes every quantity; the arguments and errors are those of ``trace``."""
    module = check_module(module)
    check_interventions(module, interventions)
    stack = read_weights(module)
    rows = read_inputs(module, inputs, stack.dtype)
    start = read_state(module, state, rows, stack.dtype)
    if not interventions:
        return Forward(stack, rows, run(stack, rows, start), changed=False)
    edits = Edits(interventions, layers=module.num_layers, steps=len(rows.sizes), order=rows.order)
    values = run(stack, rows, start, edits=edits)
    return Forward(stack, rows, values, changed=edits.changed)


def check_interventions(module: Recurrent, interventions: Sequence[Intervention]) -> None:
    """Whether a module has what is to be changed; its steps it has only on inputs.

    Raises:
        ExplorerError: It lacks a quantity, a layer, a direction or a unit.
    """
    for intervention in interventions:
        check_place(
            intervention,
            CELLS[module.mode].name,
            layers=module.num_layers,
            directions=2 if module.bidirectional else 1,
            units=module.hidden_size,
        )
