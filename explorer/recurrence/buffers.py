"""Preallocated gate and state buffers for steps at which equally many sequences are read.

Few sequences are rows, as in PyTorch: a step's gates are (G, n, H), its states (n, H). Many are
columns, (G, H, n) and (H, n), for then no weights need to be laid out anew (``products.py``), and a
gate's numbers lie side by side. The equations are the same for both; where they hold a product
of their own, a projection of the hidden state, sequences are always rows.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

from explorer.recurrence.cells import Array, ArrayCell, Edit, State
from explorer.recurrence.products import FEW, project_columns, project_rows
from explorer.recurrence.recurrent_projection import AddRecurrent, RecurrentProjection
from explorer.recurrence.sequences import Segment
from explorer.recurrence.weights import Stack


def allocate(stack: Stack, segment: Segment) -> "Buffers":
    """Buffers of all layers of a stack for the t steps of n sequences of a segment."""
    L, D = len(stack.layers), len(stack.layers[0])
    weights, G = stack.layers[0][0], len(stack.cell.blocks)
    t, n = segment.steps, segment.sequences
    H, P, dtype = len(weights.hh) // G, weights.hh.shape[1], weights.hh.dtype  # P = H unprojected
    # Directions side by side, so that a layer's hidden states are the next layer's inputs as is.
    if n < FEW or P != H:
        gates, sizes = np.empty((L, D, t, n, G, H), dtype), (P, H)[: len(stack.cell.states)]
        states = [np.empty((L, t, n, D, size), dtype) for size in sizes]
        return _RowBuffers(segment, gates, tuple(states))
    gates, shape = np.empty((L, D, t, G, H, n), dtype), (L, t, D, H, n)
    return _ColumnBuffers(
        segment, gates, tuple([np.empty(shape, dtype) for _ in stack.cell.states])
    )


@dataclass(frozen=True)
class Buffers(ABC):
    """The arrays of L layers of D directions at t steps, to be filled.

    Attributes:
        segment: The steps.
        gates: All blocks of the cell.
        states: Its states, the hidden one first.
    """

    segment: Segment
    gates: Array
    states: tuple[Array, ...]

    def values(self, cell: ArrayCell) -> dict[str, Array]:
        """Everything by name, (L, D, t, n, H); views, without overlap."""
        blocks = dict(zip(cell.blocks, self._blocks(), strict=True))
        return blocks | dict(zip(cell.states, map(self._state, self.states), strict=True))

    @abstractmethod
    def inputs(self, rows: Array) -> Array:
        """The inputs (t n, I), as `project` takes them."""

    @abstractmethod
    def hidden(self, layer: int) -> Array:
        """The hidden states of a layer, as `project` takes them for the next one."""

    @abstractmethod
    def project(self, inputs: Array, weight: Array, bias: Array, *, out: Array) -> None:
        """Writes the inputs' part of every step to ``out``, which is of `gates_of`."""

    @abstractmethod
    def adder(self, projection: RecurrentProjection) -> AddRecurrent:
        """What adds the hidden states' part to the gates of a step."""

    @abstractmethod
    def gates_of(self, layer: int, direction: int) -> Array:
        """The gates of every step in one direction of a layer, (t, G, n, H) or (t, G, H, n)."""

    @abstractmethod
    def states_of(self, layer: int, direction: int) -> list[Array]:
        """Its states at every step, (t, n, H) or (t, H, n) each."""

    @abstractmethod
    def transposed(self, state: State) -> State:
        """From states as rows (n, H) to those of a step here, and back."""

    @abstractmethod
    def on_rows(self, edit: Edit) -> Edit:
        """The edit, which reads rows, for values of a step here."""

    @abstractmethod
    def _blocks(self) -> Array:
        """(G, L, D, t, n, H)."""

    @abstractmethod
    def _state(self, state: Array) -> Array:
        """(L, D, t, n, H)."""


class _RowBuffers(Buffers):
    """A sequence a row: ``gates`` is (L, D, t, n, G, H), each of ``states`` (L, t, n, D, H)."""

    def inputs(self, rows: Array) -> Array:
        return rows

    def hidden(self, layer: int) -> Array:
        hidden: Array = self.states[0][layer]  # (t, n, D, H)
        t, n, D, H = hidden.shape
        return hidden.reshape(t * n, D * H)

    def project(self, inputs: Array, weight: Array, bias: Array, *, out: Array) -> None:
        project_rows(inputs, weight, bias, out=out.swapaxes(1, 2).reshape(len(inputs), len(bias)))

    def adder(self, projection: RecurrentProjection) -> AddRecurrent:
        return projection.by_rows(self.segment.sequences)

    def gates_of(self, layer: int, direction: int) -> Array:
        gates: Array = self.gates[layer, direction]  # (t, n, G, H)
        return gates.swapaxes(1, 2)

    def states_of(self, layer: int, direction: int) -> list[Array]:
        return [state[layer, :, :, direction] for state in self.states]

    def transposed(self, state: State) -> State:
        return state

    def on_rows(self, edit: Edit) -> Edit:
        return edit

    def _blocks(self) -> Array:
        return np.moveaxis(self.gates, 4, 0)

    def _state(self, state: Array) -> Array:
        return np.moveaxis(state, 3, 1)


class _ColumnBuffers(Buffers):
    """A sequence a column: ``gates`` is (L, D, t, G, H, n), of ``states`` each (L, t, D, H, n)."""

    def inputs(self, rows: Array) -> Array:
        by_step = rows.reshape(self.segment.steps, self.segment.sequences, -1)
        return by_step.swapaxes(1, 2)  # (t, I, n)

    def hidden(self, layer: int) -> Array:
        hidden: Array = self.states[0][layer]  # (t, D, H, n)
        return hidden.reshape(len(hidden), -1, hidden.shape[3])

    def project(self, inputs: Array, weight: Array, bias: Array, *, out: Array) -> None:
        project_columns(inputs, weight, bias, out=out.reshape(len(out), -1, out.shape[3]))

    def adder(self, projection: RecurrentProjection) -> AddRecurrent:
        return projection.by_columns(self.segment.sequences)

    def gates_of(self, layer: int, direction: int) -> Array:
        gates: Array = self.gates[layer, direction]
        return gates

    def states_of(self, layer: int, direction: int) -> list[Array]:
        return [state[layer, :, direction] for state in self.states]

    def transposed(self, state: State) -> State:
        return tuple([part.T for part in state])

    def on_rows(self, edit: Edit) -> Edit:
        return lambda quantity, values: edit(quantity, values.T)

    def _blocks(self) -> Array:
        return np.moveaxis(self.gates, 3, 0).swapaxes(4, 5)

    def _state(self, state: Array) -> Array:
        return state.transpose(0, 2, 1, 4, 3)
