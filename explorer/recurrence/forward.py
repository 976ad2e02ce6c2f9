"""One pass of a recurrent module, from PyTorch's arguments to arrays of every quantity.

A trace labels these arrays; an intervention makes the module's output of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from torch import Tensor
from torch.nn.utils.rnn import PackedSequence

from explorer.recurrence.apply_interventions import AppliedInterventions
from explorer.recurrence.cell import cell_of
from explorer.recurrence.cells import Array, State
from explorer.recurrence.engine import run
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.intervention_fit import check_place
from explorer.recurrence.modules import Recurrent, Structure, structure_of
from explorer.recurrence.sequences import InitialState, Rows, read_inputs, read_state
from explorer.recurrence.stepwise import DescribedStack, run_steps
from explorer.recurrence.weights import Stack, as_called, read_weights


@dataclass(frozen=True)
class Forward:
    """What one pass computed.

    Attributes:
        structure: The module's.
        stack: The weights it used.
        rows: The inputs that it read.
        start: The state that it began with, (L D, B, H) per part, in the order of the rows.
        values: Every quantity by name, (L, D, t, n, H) for each segment of the rows.
        interventions: What was to be changed.
        changed: Whether an intervention changed any value.
    """

    structure: Structure
    stack: Stack | DescribedStack
    rows: Rows
    start: State
    values: dict[str, list[Array]]
    interventions: tuple[Intervention, ...]
    changed: bool


def forward(
    module: Recurrent,
    inputs: Tensor | PackedSequence,
    state: InitialState | None,
    interventions: Sequence[Intervention],
) -> Forward:
    """Computes every quantity; the arguments and errors are those of ``trace``."""
    structure = structure_of(module)
    check_interventions(structure, interventions)
    stack = read_stack(module, structure)
    rows = read_inputs(structure, inputs, stack.dtype)
    start = read_state(structure, state, rows, stack.dtype)
    return compute(structure, stack, rows, start, interventions)


def read_stack(
    module: Recurrent, structure: Structure, *, called: bool = False
) -> Stack | DescribedStack:
    """What the module's next forward pass computes with; arguments as of ``read_weights``."""
    cell = cell_of(module)
    if cell is None:
        return read_weights(module, structure, called=called)
    current = as_called(module, called=called)
    return DescribedStack(cell, structure.kind, current, structure.hidden_size)


def compute(
    structure: Structure,
    stack: Stack | DescribedStack,
    rows: Rows,
    start: State,
    interventions: Sequence[Intervention],
    firsts: Sequence[int | None] = (),
) -> Forward:
    """Computes every quantity of one pass by weights that were read before.

    Args:
        structure: The module's.
        stack: Its weights.
        rows: What it read.
        start: What it began with, in the order of the rows.
        interventions: What is changed; the structure has it.
        firsts: For each of them the number of this pass's first step, where its steps are counted
            over several passes; None where they are those of a pass.
    """
    edits = None
    if interventions:
        edits = AppliedInterventions(
            interventions,
            gates=structure.cell.gates,
            layers=structure.layers,
            steps=len(rows.sizes),
            order=rows.order,
            firsts=firsts,
        )
    if isinstance(stack, Stack):
        values = run(stack, rows, start, edits=edits)
    else:
        values = run_steps(stack, rows, start, edits=edits)
    changed = edits is not None and edits.changed
    return Forward(structure, stack, rows, start, values, tuple(interventions), changed)


def check_interventions(structure: Structure, interventions: Sequence[Intervention]) -> None:
    """Whether a module has what is to be changed; its steps it has only on inputs.

    Raises:
        ExplorerError: It lacks a quantity, a layer, a direction or a unit.
    """
    for intervention in interventions:
        check_place(
            intervention,
            structure.cell.name,
            layers=structure.layers,
            directions=structure.directions,
            units=structure.size_of(intervention.quantity),
        )
