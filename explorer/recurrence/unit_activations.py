"""What one unit computes, from the weights and a trace; no module runs.

Source: *Dive into Deep Learning*, equations 9.1.1 to 9.1.3 and 9.2.1 to 9.2.4.
"""

import numpy as np
import torch
import xarray as xr

from explorer.recurrence.cells import CELLS, Array
from explorer.recurrence.modules import Layered, structure_of
from explorer.recurrence.unit_terms import UnitActivations
from explorer.recurrence.weights import Weights, read_weights


def unit_activations(
    module: Layered, trace: xr.Dataset, inputs: torch.Tensor, *, layer: int, unit: int
) -> UnitActivations:
    """One unit at every step, with interventions or without.

    Without an intervention on it, a gate is σ(input + state + both biases). A GRU's candidate is
    tanh(input + its bias + R (state + its bias)), PyTorch's order of the reset gate; the book's
    GRU has reset the state already, so there it is tanh(input + gated state + both biases).

    Args:
        module: The traced module, of one direction.
        trace: Its trace, batch 1.
        inputs: What it read, (1, T, X).
        layer: From 0.
        unit: From 0.
    """
    cell, weights = CELLS[module.mode], _weights(module, layer)
    values = _values(trace, layer)
    rows = [row * module.hidden_size + unit for row in range(len(cell.blocks))]
    X, H_prev = _inputs(trace, inputs, layer), _previous(values["hidden"])
    gated = values["reset"] * H_prev @ weights.hh[rows[-1]] if "reset" in values else None  # (T,)
    own = [str(name) for name, array in trace.data_vars.items() if "unit" in array.dims]

    def by_block(parts: Array) -> dict[str, Array]:
        return dict(zip(cell.blocks, parts, strict=True))

    return UnitActivations(
        values={name: values[name][:, unit] for name in own},
        previous={name: _previous(values[name])[:, unit] for name in cell.states if name in own},
        input=by_block((X @ weights.ih[rows].T).T),  # (blocks, T)
        state=by_block((H_prev @ weights.hh[rows].T).T),
        input_bias={name: float(bias) for name, bias in by_block(weights.bias_ih[rows]).items()},
        state_bias={name: float(bias) for name, bias in by_block(weights.bias_hh[rows]).items()},
        gated_state=gated,
        own_weight=float(weights.hh[rows[-1], unit]) if cell.reset_first else None,
    )


def _weights(module: Layered, layer: int) -> Weights:
    return read_weights(module, structure_of(module)).layers[layer][0]


def _values(trace: xr.Dataset, layer: int) -> dict[str, Array]:
    """Every quantity of a layer, (T, H) each."""
    return {str(name): array.values[layer, 0, 0] for name, array in trace.data_vars.items()}


def _inputs(trace: xr.Dataset, inputs: torch.Tensor, layer: int) -> Array:
    """What a layer reads, (T, X): the inputs, or the hidden states of the layer below."""
    X: Array = inputs[0].numpy() if layer == 0 else trace["hidden"].values[layer - 1, 0, 0]
    return X


def _previous(states: Array) -> Array:
    """The states (T, H) one step earlier, from zero."""
    previous = np.zeros_like(states)
    previous[1:] = states[:-1]
    return previous
