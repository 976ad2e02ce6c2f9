"""Runs a stack of recurrent layers over its inputs and keeps every gate at every step.

One path for every cell, layer, direction and batch: a matrix product projects all inputs of a
layer, then the cell's step function runs over time inside arrays allocated beforehand. Between the
projection and the next step every gate passes through the step function and nowhere else, so this
is also where an intervention reaches it.
"""

from collections.abc import Sequence

import numpy as np
import torch

from explorer.recurrence.apply_interventions import AppliedInterventions
from explorer.recurrence.buffers import Buffers, allocate
from explorer.recurrence.cells import (
    Array,
    Edit,
    State,
    Step,
    gru_book_step,
    projected_lstm_step,
)
from explorer.recurrence.recurrent_projection import (
    AddRecurrent,
    RecurrentProjection,
    input_bias,
)
from explorer.recurrence.sequences import Rows
from explorer.recurrence.tensors import outside_transforms
from explorer.recurrence.weights import Stack


@torch.inference_mode()  # what torch multiplies here needs no record for gradients
def run(
    stack: Stack, rows: Rows, state: State, *, edits: AppliedInterventions | None = None
) -> dict[str, list[Array]]:
    """Every quantity at every step.

    Args:
        stack: L layers of D directions.
        rows: N rows of inputs.
        state: The initial state, (L D, B, H) per part.
        edits: What to change on the way, if anything.

    Returns:
        By name, for each of the rows' segments an array (L, D, t, n, H), or (L, D, t, n, P) of a
        projected hidden state. They are views into shared blocks, without overlap.
    """
    with outside_transforms():
        return _run(stack, rows, state, edits)


def _run(
    stack: Stack, rows: Rows, state: State, edits: AppliedInterventions | None
) -> dict[str, list[Array]]:
    cell, D = stack.cell, len(stack.layers[0])
    by_segment = [allocate(stack, segment) for segment in rows.segments]
    inputs = [buffers.inputs(rows.values[buffers.segment.rows]) for buffers in by_segment]
    for layer, directions in enumerate(stack.layers):
        for direction, weights in enumerate(directions):
            bias = input_bias(cell, weights)  # (G H,)
            for buffers, X in zip(by_segment, inputs, strict=True):
                buffers.project(X, weights.ih, bias, out=buffers.gates_of(layer, direction))
            start = tuple([part[layer * D + direction] for part in state])  # (B, H) each
            edited = edits.on(layer, direction) if edits else [None] * len(rows.sizes)
            projection = RecurrentProjection(cell, weights)
            _run_direction(projection, by_segment, (layer, direction), start, edited)
        inputs = [buffers.hidden(layer) for buffers in by_segment]
    values = [buffers.values(cell) for buffers in by_segment]
    return {name: [part[name] for part in values] for name in values[0]}


def _run_direction(
    projection: RecurrentProjection,
    by_segment: Sequence[Buffers],
    place: tuple[int, int],
    start: State,
    edited: Sequence[Edit | None],
) -> None:
    """Fills the buffers of one layer in one direction, in the order in which it reads."""
    state = start  # (B, H) each
    for buffers in reversed(by_segment) if place[1] else by_segment:
        prev = buffers.transposed(_resized(state, start, buffers.segment.sequences))
        edits = edited[buffers.segment.place]
        state = buffers.transposed(_run_segment(projection, buffers, place, prev, edits))


def _run_segment(
    projection: RecurrentProjection,
    buffers: Buffers,
    place: tuple[int, int],
    prev: State,
    edited: Sequence[Edit | None],
) -> State:
    """Fills the buffers of one segment, step by step, and returns the state after the last."""
    add_recurrent, run_step = _stepping(projection, buffers)
    order = slice(None, None, -1 if place[1] else 1)
    states = zip(*[state[order] for state in buffers.states_of(*place)], strict=True)
    edits = [edit and buffers.on_rows(edit) for edit in edited[order]]
    for gates, new, edit in zip(buffers.gates_of(*place)[order], states, edits, strict=True):
        run_step(gates, add_recurrent(prev[0], gates), prev, new, edit)
        prev = new
    return prev


def _stepping(projection: RecurrentProjection, buffers: Buffers) -> tuple[AddRecurrent, Step]:
    """What adds the hidden state's part to a step's gates, and the equations that follow."""
    if projection.cell.reset_first:
        gates, candidate = projection.divided()
        return buffers.adder(gates), gru_book_step(buffers.adder(candidate))
    hr = projection.weights.hr
    step = projection.cell.step if hr is None else projected_lstm_step(hr)
    return buffers.adder(projection), step


def _resized(state: State, start: State, n: int) -> State:
    """The first n rows: sequences drop out going forward, and going backward they come in."""
    if len(state[0]) == n:
        return state
    return tuple(
        [
            np.concatenate([part[:n], first[len(part) : n]])
            for part, first in zip(state, start, strict=True)
        ]
    )
