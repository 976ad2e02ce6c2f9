"""Runs the step of a `Cell` over time with differentiable operations.

All inputs take one form, the rows of a ``PackedSequence``: at each step stand the sequences that
have not ended, longest first, so that no step sees padding.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import dropout as drop_out

from explorer.recurrence.cell import Cell, See, TensorState, unseen

#: Gives the `See` of a step, by layer, direction (0 forward, 1 backward) and step.
Watch = Callable[[int, int, int], See]


@dataclass(frozen=True)
class TensorRows:
    """A batch of B sequences as N rows, step after step.

    Attributes:
        values: (N, I), the inputs.
        sizes: How many sequences stand at each of the T steps, B at the first.
        order: (B,), the place in the batch of each sequence in the rows; None where it is the same.
    """

    values: Tensor
    sizes: Sequence[int]
    order: Tensor | None = None

    @property
    def even(self) -> bool:
        """Whether all sequences are equally long."""
        return self.sizes[0] == self.sizes[-1]

    def sorted(self, batch: Tensor, dim: int) -> Tensor:
        """What stands in the batch's order along a dimension, in the order of the rows."""
        return batch if self.order is None else batch.index_select(dim, self.order)

    def unsorted(self, rows: Tensor, dim: int) -> Tensor:
        """What stands in the order of the rows along a dimension, in the batch's own."""
        return rows if self.order is None else rows.index_select(dim, self.order.argsort())


def unroll(
    cell: Cell,
    parts: Sequence[Sequence[Any]],
    rows: TensorRows,
    start: TensorState,
    *,
    watch: Watch | None = None,
    dropout: float = 0.0,
) -> tuple[Tensor, TensorState]:
    """Runs a stack of L layers of D directions.

    Args:
        cell: The kind of cell.
        parts: L lists of D parts.
        rows: N rows of inputs.
        start: The initial state, (L D, B, H) each, in the order of the rows.
        watch: Who sees each quantity; if nobody does, a parallel form is used where there is one.
        dropout: Share of a layer's outputs that is left out on the way to the next.

    Returns:
        The hidden states of the last layer, (N, D H), and the final state, as ``start``.
    """
    inputs, ends = rows.values, []
    for layer, directions in enumerate(parts):
        if layer and dropout:
            inputs = drop_out(inputs, dropout)
        hiddens = []
        for direction, part in enumerate(directions):
            state = tuple([kept[layer * len(directions) + direction] for kept in start])  # (B, H)
            x = cell.project(part, inputs)
            if watch is None and cell.parallel is not None and rows.even:
                hidden, end = _in_parallel(cell, part, x, rows, state, backward=direction == 1)
            else:
                sees = [
                    watch(layer, direction, t) if watch else unseen for t in range(len(rows.sizes))
                ]
                hidden, end = _in_steps(cell, part, x, rows, state, sees, backward=direction == 1)
            hiddens.append(hidden)
            ends.append(end)
        inputs = hiddens[0] if len(hiddens) == 1 else torch.cat(hiddens, dim=1)  # (N, D H)
    return inputs, tuple(torch.stack(kept) for kept in zip(*ends, strict=True))


def _in_steps(
    cell: Cell,
    part: Any,
    x: Tensor,
    rows: TensorRows,
    state: TensorState,
    sees: Sequence[See],
    *,
    backward: bool,
) -> tuple[Tensor, TensorState]:
    """One direction of one layer: its hidden states, (N, H), and its last state, (B, H) each."""
    B, steps = rows.sizes[0], torch.split(x, list(rows.sizes))  # (n, …) each
    order = range(len(steps))
    hiddens = list(steps)
    for t in reversed(order) if backward else order:
        n = rows.sizes[t]
        if n == B:
            state = cell.step(part, steps[t], state, sees[t])
            hiddens[t] = state[0]
            continue
        # Sequences drop out going forward, and going backward they come in.
        new = cell.step(part, steps[t], tuple([kept[:n] for kept in state]), sees[t])
        hiddens[t] = new[0]
        state = tuple([torch.cat([a, kept[n:]]) for a, kept in zip(new, state, strict=True)])
    return torch.cat(hiddens), state


def _in_parallel(
    cell: Cell, part: Any, x: Tensor, rows: TensorRows, state: TensorState, *, backward: bool
) -> tuple[Tensor, TensorState]:
    assert cell.parallel is not None
    steps = x.reshape(len(rows.sizes), rows.sizes[0], -1)  # (T, B, …)
    hidden = cell.parallel(part, steps.flip(0) if backward else steps, state[0])  # (T, B, H)
    end = hidden[-1]
    hidden = hidden.flip(0) if backward else hidden
    return hidden.reshape(len(x), -1), (end,)
