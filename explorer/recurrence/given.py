"""What a recurrent module is given and returns, in torch's forms, for differentiable passes."""

from dataclasses import dataclass
from typing import Any

from torch import Tensor
from torch.nn.utils.rnn import PackedSequence

from explorer.recurrence.cell import TensorState
from explorer.recurrence.modules import Structure
from explorer.recurrence.sequences import InitialState, check_inputs, check_state
from explorer.recurrence.unroll import TensorRows


@dataclass(frozen=True)
class Given:
    """The inputs and the initial state of one call.

    Attributes:
        structure: The module's.
        inputs: As they were given.
        rows: The same as rows.
        start: The initial state, (L D, B, H) each, in the order of the rows.
        batched: Whether the inputs came with a batch dimension.
    """

    structure: Structure
    inputs: Tensor | PackedSequence
    rows: TensorRows
    start: TensorState
    batched: bool

    @classmethod
    def of(
        cls, structure: Structure, inputs: Tensor | PackedSequence, state: InitialState | None
    ) -> "Given":
        """Reads what a module takes; a cell may be given several steps too.

        Raises:
            ExplorerError: The module would not take it.
        """
        check_inputs(structure, inputs)
        batched = isinstance(inputs, PackedSequence) or inputs.dim() > 2 - structure.is_cell
        rows = _rows(structure, inputs, batched=batched)
        return cls(structure, inputs, rows, _start(structure, rows, state, batched), batched)

    def returned(self, output: Tensor, end: TensorState) -> Any:
        """What the module returns: outputs and final state, or of a cell the state alone.

        Args:
            output: The hidden states of the last layer, (N, D H).
            end: The final state, as ``start``.
        """
        is_cell = self.structure.is_cell
        parts = [self.rows.unsorted(part, 1) for part in end]  # (L D, B, H)
        parts = parts if self.batched else [part[:, 0] for part in parts]
        parts = [part[0] for part in parts] if is_cell else parts
        state = parts[0] if len(parts) == 1 else tuple(parts)
        return state if is_cell else (self._laid_out(output), state)

    def _laid_out(self, output: Tensor) -> Any:
        if isinstance(self.inputs, PackedSequence):
            return self.inputs._replace(data=output)
        T, B = len(self.rows.sizes), self.rows.sizes[0]
        steps = output.reshape(T, B, output.shape[1])  # (T, B, D H)
        if not self.batched:
            return steps[:, 0]
        return steps.transpose(0, 1) if self.structure.batch_first else steps


def _rows(structure: Structure, inputs: Tensor | PackedSequence, *, batched: bool) -> TensorRows:
    if isinstance(inputs, PackedSequence):
        return TensorRows(inputs.data, inputs.batch_sizes.tolist(), inputs.sorted_indices)
    if not batched:
        inputs = inputs.unsqueeze(-2)  # a batch of one
    elif structure.batch_first and inputs.dim() == 3:
        inputs = inputs.transpose(0, 1)
    steps = inputs[None] if inputs.dim() == 2 else inputs  # (T, B, I)
    return TensorRows(steps.flatten(0, 1), [steps.shape[1]] * len(steps))


def _start(
    structure: Structure, rows: TensorRows, state: InitialState | None, batched: bool
) -> TensorState:
    places, B, sizes = structure.layers * structure.directions, rows.sizes[0], structure.state_sizes
    if state is None:
        return tuple(rows.values.new_zeros(places, B, size) for size in sizes)
    parts = zip(check_state(structure, state, B if batched else None), sizes, strict=True)
    return tuple(rows.sorted(part.reshape(places, B, size), 1) for part, size in parts)
