"""Runs a stack of recurrent layers over its inputs and keeps every gate at every step.

One path for every cell, layer, direction and batch: one matrix product projects all inputs of a
layer, then the cell's step function runs over time inside arrays allocated beforehand. Between the
projection and the next step every gate passes through the step function and nowhere else, so this
is also where an intervention reaches it.

It knows arrays only: no module, no labels.
"""

from collections.abc import Iterable
from itertools import repeat

import numpy as np
import torch

from explorer.recurrence.cells import Array, Cell, Edit, State
from explorer.recurrence.edits import Edits
from explorer.recurrence.products import Product, project, repeated
from explorer.recurrence.sequences import Rows
from explorer.recurrence.weights import Stack, Weights


@torch.inference_mode()  # what torch multiplies here needs no record for gradients
def run(stack: Stack, rows: Rows, state: State, *, edits: Edits | None = None) -> dict[str, Array]:
    """Every quantity at every row.

    Args:
        stack: L layers of D directions.
        rows: N rows of inputs.
        state: The initial state, (L D, B, H) per part.
        edits: What to change on the way, if anything.

    Returns:
        By name, arrays (L, D, N, H). They are views into shared blocks, without overlap.
    """
    cell = stack.cell
    L, D, N = len(stack.layers), len(stack.layers[0]), len(rows.values)
    H = state[0].shape[-1]
    # Directions side by side, so that a layer's hidden states are the next layer's inputs as is.
    kept = [np.empty((L, N, D, H), rows.values.dtype) for _ in cell.states]
    inputs = rows.values  # (N, I)
    gates = []
    for layer, directions in enumerate(stack.layers):
        for way, weights in enumerate(directions):
            once, every_step = _biases(cell, weights)  # (G H,) each
            gates.append(project(inputs, weights.ih, once))  # (N, G H)
            start = tuple(part[layer * D + way] for part in state)  # (B, H) each
            recur = repeated(weights.hh, every_step, rows=len(start[0]))
            room = [part[layer, :, way] for part in kept]  # (N, H) each
            steps = _steps(rows.sizes, edits.on(layer, way) if edits else None, backward=way == 1)
            _run_direction(cell, recur, gates[-1], start, room, steps)
        inputs = kept[0][layer].reshape(N, D * H)  # (N, D H)
    # One layer in one direction, the common case, needs no copy.
    block = gates[0][None, None] if L * D == 1 else np.stack(gates).reshape(L, D, N, -1)
    named = {name: block[..., i * H : (i + 1) * H] for i, name in enumerate(cell.blocks)}
    return named | {name: part.swapaxes(1, 2) for name, part in zip(cell.states, kept, strict=True)}


def _biases(cell: Cell, weights: Weights) -> tuple[Array, Array | None]:
    """What is added to the projection, and what to the product of every step.

    Where only their sum counts the first takes both, which spares every step an addition.
    """
    if cell.sums:
        return weights.bias_ih + weights.bias_hh, None
    return weights.bias_ih, weights.bias_hh


def _run_direction(
    cell: Cell,
    recur: Product,
    gates: Array,
    start: State,
    room: list[Array],
    steps: Iterable[tuple[slice, Edit | None]],
) -> None:
    """One direction of one layer, step by step: fills ``gates`` (N, G H) and ``room`` (N, H)."""
    before = start
    for step, edit in steps:
        n = step.stop - step.start
        if len(before[0]) != n:
            before = _resize(before, start, n)
        now = tuple([part[step] for part in room])  # (n, H) each
        cell.step(gates[step], recur(before[0]), before, now, edit)
        before = now


def _resize(before: State, start: State, n: int) -> State:
    """The first n rows: sequences drop out going forward, and going backward they come in."""
    return tuple(
        np.concatenate([part[:n], first[len(part) : n]])
        for part, first in zip(before, start, strict=True)
    )


def _steps(
    sizes: Array, edits: list[Edit | None] | None, *, backward: bool
) -> Iterable[tuple[slice, Edit | None]]:
    """Where each step's rows lie and what edits them, in the order in which a direction reads."""
    ends = np.cumsum(sizes).tolist()
    steps = [slice(end - size, end) for end, size in zip(ends, sizes.tolist(), strict=True)]
    if edits is None:
        return zip(steps[::-1] if backward else steps, repeat(None), strict=False)
    pairs = list(zip(steps, edits, strict=True))
    return pairs[::-1] if backward else pairs
