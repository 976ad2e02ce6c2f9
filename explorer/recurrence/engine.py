"""Runs a stack of recurrent layers over its inputs and keeps every gate at every step.

One path for every cell, layer, direction and batch: a matrix product projects all inputs of a
layer, then the cell's step function runs over time inside arrays allocated beforehand. Between the
projection and the next step every gate passes through the step function and nowhere else, so this
is also where an intervention reaches it.

It knows arrays only: no module, no labels.
"""

from collections.abc import Sequence

import numpy as np
import torch

from explorer.recurrence.apply_interventions import Edits
from explorer.recurrence.buffers import Room, room_for
from explorer.recurrence.cells import Array, Edit, State, projected_lstm_step
from explorer.recurrence.recurrent_projection import HiddenPart, input_bias
from explorer.recurrence.sequences import Rows
from explorer.recurrence.tensors import outside_transforms
from explorer.recurrence.weights import Stack


@torch.inference_mode()  # what torch multiplies here needs no record for gradients
def run(
    stack: Stack, rows: Rows, state: State, *, edits: Edits | None = None
) -> dict[str, list[Array]]:
    """Every quantity at every step.

    Args:
        stack: L layers of D directions.
        rows: N rows of inputs.
        state: The initial state, (L D, B, H) per part.
        edits: What to change on the way, if anything.

    Returns:
        By name, for each of the rows' stretches an array (L, D, t, n, H), or (L, D, t, n, P) of a
        projected hidden state. They are views into shared blocks, without overlap.
    """
    with outside_transforms():
        return _run(stack, rows, state, edits)


def _run(stack: Stack, rows: Rows, state: State, edits: Edits | None) -> dict[str, list[Array]]:
    cell, D = stack.cell, len(stack.layers[0])
    rooms = [room_for(stack, stretch) for stretch in rows.stretches]
    inputs = [room.read(rows.values[room.stretch.rows]) for room in rooms]
    for layer, directions in enumerate(stack.layers):
        for way, weights in enumerate(directions):
            bias = input_bias(cell, weights)  # (G H,)
            for room, given in zip(rooms, inputs, strict=True):
                room.project(given, weights.ih, bias, out=room.gates_of(layer, way))
            start = tuple([part[layer * D + way] for part in state])  # (B, H) each
            edited = edits.on(layer, way) if edits else [None] * len(rows.sizes)
            _run_direction(HiddenPart(cell, weights), rooms, (layer, way), start, edited)
        inputs = [room.above(layer) for room in rooms]
    values = [room.values(cell) for room in rooms]
    return {name: [part[name] for part in values] for name in values[0]}


def _run_direction(
    part: HiddenPart,
    rooms: Sequence[Room],
    place: tuple[int, int],
    start: State,
    edited: Sequence[Edit | None],
) -> None:
    """Fills the rooms at one place, a layer and a direction, in the order in which it reads."""
    before = start  # (B, H) each
    for room in reversed(rooms) if place[1] else rooms:
        before = room.turned(_resized(before, start, room.stretch.sequences))
        before = room.turned(_run_stretch(part, room, place, before, edited[room.stretch.place]))


def _run_stretch(
    part: HiddenPart,
    room: Room,
    place: tuple[int, int],
    before: State,
    edited: Sequence[Edit | None],
) -> State:
    """Fills one room, step by step, and returns the state after the last."""
    hr, add = part.weights.hr, room.adding(part)
    run_step = part.cell.step if hr is None else projected_lstm_step(hr)
    order = slice(None, None, -1 if place[1] else 1)
    states = zip(*[kept[order] for kept in room.states_of(*place)], strict=True)
    edits = [edit and room.seen(edit) for edit in edited[order]]
    for gates, now, edit in zip(room.gates_of(*place)[order], states, edits, strict=True):
        run_step(gates, add(before[0], gates), before, now, edit)
        before = now
    return before


def _resized(before: State, start: State, n: int) -> State:
    """The first n rows: sequences drop out going forward, and going backward they come in."""
    if len(before[0]) == n:
        return before
    return tuple(
        [
            np.concatenate([part[:n], first[len(part) : n]])
            for part, first in zip(before, start, strict=True)
        ]
    )
