"""Runs a stack of recurrent layers over its inputs and keeps every gate at every step.

One path for every cell, layer, direction and batch: one matrix product projects all inputs of a
layer, then the cell's step function runs over time inside arrays allocated beforehand. Between the
projection and the next step every gate passes through the step function and nowhere else.

It knows arrays only: no module, no labels.
"""

from collections.abc import Iterable

import numpy as np
import torch

from explorer.recurrence.cells import Array, Cell
from explorer.recurrence.sequences import Rows
from explorer.recurrence.weights import Stack, Weights


def run(stack: Stack, rows: Rows, state: tuple[Array, ...]) -> dict[str, Array]:
    """Every quantity at every row.

    Args:
        stack: L layers of D directions.
        rows: N rows of inputs.
        state: The initial state, (L D, B, H) per part; it is overwritten.

    Returns:
        By name, arrays (L, D, N, H). They are views into shared blocks, without overlap.
    """
    cell, dtype = stack.cell, rows.values.dtype
    L, D, N = len(stack.layers), len(stack.layers[0]), len(rows.values)
    GH, H = stack.layers[0][0].hh.shape
    gates = np.empty((L, D, N, GH), dtype)
    # Directions side by side, so that a layer's hidden states are the next layer's inputs as is.
    kept = [np.empty((L, N, D, H), dtype) for _ in cell.states]
    inputs = rows.values  # (N, I)
    for layer, directions in enumerate(stack.layers):
        for way, weights in enumerate(directions):
            _project(inputs, weights, out=gates[layer, way])
            _run_direction(
                cell,
                weights,
                gates[layer, way],
                state=[part[layer * D + way] for part in state],
                kept=[part[layer, :, way] for part in kept],
                steps=_steps(rows.sizes, backward=way == 1),
            )
        inputs = kept[0][layer].reshape(N, D * H)  # (N, D H)
    named = {name: gates[..., i * H : (i + 1) * H] for i, name in enumerate(cell.blocks)}
    return named | {name: part.swapaxes(1, 2) for name, part in zip(cell.states, kept, strict=True)}


def _run_direction(
    cell: Cell,
    weights: Weights,
    gates: Array,  # (N, G H)
    *,
    state: list[Array],  # (B, H) each
    kept: list[Array],  # (N, H) each
    steps: Iterable[slice],
) -> None:
    recurrent = np.empty((len(state[0]), gates.shape[1]), gates.dtype)  # (B, G H)
    for step in steps:
        n = step.stop - step.start
        # A sequence that starts later (backwards) or has ended is below the first n rows; its
        # state waits there untouched.
        now = tuple(part[:n] for part in state)  # (n, H) each
        _recur(now[0], weights, out=recurrent[:n])
        cell.step(gates[step], recurrent[:n], now)
        for target, part in zip(kept, now, strict=True):
            target[step] = part


def _project(inputs: Array, weights: Weights, *, out: Array) -> None:
    """X W_ih + b_ih of all steps at once, (N, I) to (N, G H)."""
    torch.addmm(
        torch.from_numpy(weights.bias_ih),
        torch.from_numpy(inputs),
        torch.from_numpy(weights.ih).t(),
        out=torch.from_numpy(out),
    )


def _recur(hidden: Array, weights: Weights, *, out: Array) -> None:
    """H W_hh + b_hh of one step, (B, H) to (B, G H)."""
    if len(hidden) == 1:
        # A single row is a matrix-vector product, where NumPy is a third faster than torch.
        np.dot(hidden, weights.hh.T, out=out)
        out += weights.bias_hh
    else:
        torch.addmm(
            torch.from_numpy(weights.bias_hh),
            torch.from_numpy(hidden),
            torch.from_numpy(weights.hh).t(),
            out=torch.from_numpy(out),
        )


def _steps(sizes: Array, *, backward: bool) -> list[slice]:
    """Where each step's rows lie, in the order in which a direction reads them."""
    ends = np.cumsum(sizes).tolist()
    steps = [slice(end - size, end) for end, size in zip(ends, sizes.tolist(), strict=True)]
    return steps[::-1] if backward else steps
