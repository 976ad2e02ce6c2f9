"""One unit at every step: what its wires carry, with interventions or without.

Reads the weights and a trace; runs no module. Unlike ``equation`` it claims nothing about how a
value came about, so it serves an edited trace too.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
import xarray as xr
from torch import nn

from explorer.recurrence.cells import CELLS, Array
from explorer.recurrence.modules import structure_of
from explorer.recurrence.weights import read_weights


@dataclass(frozen=True)
class Unit:
    """One unit over T steps, forward direction, from a zero state.

    Attributes:
        values: Every quantity as traced, (T,) each; not the hidden state of an LSTM that projects
            it, where it is no unit's.
        before: Of these the states one step before, "hidden" and in an LSTM "memory", (T,) each.
        input: The input's part of each gate's and the candidate's argument, its bias in it,
            X W_x + b_x, (T,) each.
        state: The hidden state's part of the same, H_{t−1} W_h + b_h, (T,) each.
    """

    values: Mapping[str, Array]
    before: Mapping[str, Array]
    input: Mapping[str, Array]
    state: Mapping[str, Array]


def unit_steps(
    module: nn.GRU | nn.LSTM, trace: xr.Dataset, inputs: torch.Tensor, *, layer: int, unit: int
) -> Unit:
    """What one unit's wires carry.

    Without an intervention on it, a gate is σ(input + state). A GRU's candidate is
    tanh(input + R state), PyTorch's order of the reset gate.

    Args:
        module: The traced module, of one direction.
        trace: Its trace, batch 1.
        inputs: What it read, (1, T, X).
        layer: From 0.
        unit: From 0.

    Source: *Dive into Deep Learning*, equations 9.1.1 to 9.1.3 and 9.2.1 to 9.2.4.
    """
    cell, H = CELLS[module.mode], module.hidden_size
    weights = read_weights(module, structure_of(module)).layers[layer][0]
    values = {str(name): trace[name].values[layer, 0, 0] for name in trace.data_vars}  # (T, H)
    X = inputs[0].numpy() if layer == 0 else trace["hidden"].values[layer - 1, 0, 0]  # (T, X)
    rows = [row * H + unit for row in range(len(cell.blocks))]
    parts = {
        "ih": X @ weights.ih[rows].T + weights.bias_ih[rows],
        "hh": _before(values["hidden"]) @ weights.hh[rows].T + weights.bias_hh[rows],
    }  # (T, blocks) each
    own = [str(name) for name, values in trace.data_vars.items() if "unit" in values.dims]
    return Unit(
        values={name: values[name][:, unit] for name in own},
        before={name: _before(values[name])[:, unit] for name in cell.states if name in own},
        input={name: parts["ih"][:, row] for row, name in enumerate(cell.blocks)},
        state={name: parts["hh"][:, row] for row, name in enumerate(cell.blocks)},
    )


def _before(states: Array) -> Array:
    """The states (T, H) one step earlier, from zero."""
    before = np.zeros_like(states)
    before[1:] = states[:-1]
    return before
