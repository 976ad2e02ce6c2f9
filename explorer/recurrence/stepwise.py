"""Runs a described module over its inputs, step by step, and keeps what its step shows.

What ``engine.py`` does in preallocated arrays for torch's own cells, for the step of any `Cell`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from explorer.errors import ExplorerError
from explorer.recurrence.apply_interventions import AppliedInterventions
from explorer.recurrence.cell import Cell, floating_type
from explorer.recurrence.cells import Array, Edit, State
from explorer.recurrence.sequences import Rows
from explorer.recurrence.tensors import array_of, outside_transforms
from explorer.recurrence.unroll import TensorRows, unroll
from explorer.recurrence.weights import weights_kept


@dataclass(frozen=True)
class DescribedStack:
    """A described module as its next forward pass uses it.

    Attributes:
        cell: The kind of cell.
        kind: The name of the module's class.
        module: The module; its parts compute.
        units: H.
    """

    cell: Cell
    kind: str
    module: nn.Module
    units: int

    @property
    def dtype(self) -> torch.dtype:
        """What a trace holds: float64 for a float64 module, else float32."""
        like = floating_type(self.module)
        return torch.float64 if like.dtype == torch.float64 else torch.float32


@torch.no_grad()
def run_steps(
    stack: DescribedStack, rows: Rows, state: State, *, edits: AppliedInterventions | None = None
) -> dict[str, list[Array]]:
    """Every quantity at every step; arguments and result are those of ``engine.run``.

    Raises:
        ExplorerError: The step shows another quantity than its cell has, or not all, or not (n, H).
    """
    with outside_transforms(), weights_kept(stack.module):
        return _run(stack, rows, state, edits)


def _run(
    stack: DescribedStack, rows: Rows, state: State, edits: AppliedInterventions | None
) -> dict[str, list[Array]]:
    parts, like = stack.cell.parts(stack.module), floating_type(stack.module)
    places = [(layer, way) for layer, ways in enumerate(parts) for way in range(len(ways))]
    shown = {
        place: [Shown(stack, edit) for edit in _edits(edits, place, len(rows.sizes))]
        for place in places
    }
    tensors = TensorRows(torch.from_numpy(rows.values).to(like), rows.sizes.tolist())
    start = tuple(torch.from_numpy(np.ascontiguousarray(part)).to(like) for part in state)
    unroll(
        stack.cell,
        parts,
        tensors,
        start,
        watch=lambda layer, way, step: shown[layer, way][step].see,
    )
    return {
        name: [_stacked(name, shown, segment.place, len(parts)) for segment in rows.segments]
        for name in stack.cell.quantities
    }


def _edits(
    edits: AppliedInterventions | None, place: tuple[int, int], steps: int
) -> Sequence[Edit | None]:
    return edits.on(*place) if edits else [None] * steps


def _stacked(
    name: str, shown: Mapping[tuple[int, int], Sequence["Shown"]], steps: slice, layers: int
) -> Array:
    """A quantity at the t steps of a segment, (L, D, t, n, H)."""
    values = np.stack([[one.value(name) for one in place[steps]] for place in shown.values()])
    return values.reshape(layers, -1, *values.shape[1:])


class Shown:
    """What one step shows, edited on the way."""

    def __init__(self, stack: DescribedStack, edit: Edit | None) -> None:
        self._stack, self._edit = stack, edit
        self._values: dict[str, Array] = {}

    def see(self, name: str, value: Tensor) -> Tensor:
        """Keeps a quantity, and returns what it was made."""
        check_shown(self._stack.cell, self._stack.kind, self._stack.units, name, value)
        kept = array_of(value, self._stack.dtype)
        if self._edit is None:
            self._values[name] = kept
            return value
        self._values[name] = kept = kept.copy()
        self._edit(name, kept)
        return torch.from_numpy(kept).to(value)

    def value(self, name: str) -> Array:
        """A quantity (n, H).

        Raises:
            ExplorerError: It was not shown.
        """
        if name not in self._values:
            raise not_shown(self._stack.kind, name)
        return self._values[name]


def check_shown(cell: Cell, kind: str, units: int, name: str, value: Tensor) -> None:
    """Whether a step may show this.

    Raises:
        ExplorerError: The cell names no such quantity, or it is not (n, H).
    """
    if name not in cell.quantities:
        raise ExplorerError(
            "The step of this {kind} shows {quantity}, but its cell has {names}.",
            kind=kind,
            quantity=repr(name),
            names=", ".join(cell.quantities),
        )
    if value.dim() != 2 or value.shape[1] != units:
        raise ExplorerError(
            "The step of this {kind} shows {quantity} of shape {found}; it must be (sequences, "
            "{units}).",
            kind=kind,
            quantity=repr(name),
            found=tuple(value.shape),
            units=units,
        )


def not_shown(kind: str, name: str) -> ExplorerError:
    """What is wrong with a step that leaves a quantity out."""
    return ExplorerError(
        "The step of this {kind} does not show {quantity} to see(…), which its cell names.",
        kind=kind,
        quantity=repr(name),
    )
