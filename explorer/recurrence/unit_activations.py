"""What one unit computes, from the weights and a trace; no module runs.

Source: *Dive into Deep Learning*, equations 9.1.1 to 9.1.3 and 9.2.1 to 9.2.4.
"""

import numpy as np
import torch
import xarray as xr

from explorer.errors import ExplorerError
from explorer.recurrence.cells import CELLS, Array
from explorer.recurrence.modules import Layered, structure_of
from explorer.recurrence.unit_terms import Affine, StepTerms, UnitActivations
from explorer.recurrence.weights import Weights, read_weights


def unit_activations(
    module: Layered, trace: xr.Dataset, inputs: torch.Tensor, *, layer: int, unit: int
) -> UnitActivations:
    """One unit at every step, with interventions or without.

    Without an intervention on it, a gate is σ(input + state). A GRU's candidate is
    tanh(input + R state), PyTorch's order of the reset gate; the book's GRU has reset the state
    already, so there it is tanh(input + state).

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
    input_ = X @ weights.ih[rows].T + weights.bias_ih[rows]  # (T, blocks)
    state = H_prev @ weights.hh[rows].T + weights.bias_hh[rows]  # (T, blocks)
    if cell.reset_first:
        reset = values["reset"] * H_prev  # (T, H)
        state[:, -1] = reset @ weights.hh[rows[-1]] + weights.bias_hh[rows[-1]]
    own = [str(name) for name, array in trace.data_vars.items() if "unit" in array.dims]
    return UnitActivations(
        values={name: values[name][:, unit] for name in own},
        previous={name: _previous(values[name])[:, unit] for name in cell.states if name in own},
        input=dict(zip(cell.blocks, input_.T, strict=True)),
        state=dict(zip(cell.blocks, state.T, strict=True)),
        own_weight=float(weights.hh[rows[-1], unit]) if cell.reset_first else None,
    )


def step_terms(
    module: Layered,
    trace: xr.Dataset,
    inputs: torch.Tensor,
    *,
    layer: int,
    step: int,
    unit: int,
) -> StepTerms:
    """The terms of the equations of one unit at one step, forward direction, from a zero state.

    Args:
        module: The traced module, of one direction.
        trace: Its trace, batch 1, without interventions.
        inputs: What it read, (1, T, X).
        layer: From 0.
        step: From 0.
        unit: From 0.

    Raises:
        ExplorerError: The trace was made with interventions, so its values need not be what the
            equations say.
    """
    if "interventions" in trace.attrs:
        raise ExplorerError(
            "The equations describe the unmodified model, but this trace was made with "
            "interventions."
        )
    cell, weights, values = CELLS[module.mode], _weights(module, layer), _values(trace, layer)
    previous = {name: _previous(values[name])[step] for name in cell.states}  # (H,) each
    X, H_prev = _inputs(trace, inputs, layer)[step], previous["hidden"]
    gated = values["reset"][step] * H_prev if cell.name == "gru" else None  # (H,)
    return StepTerms(
        affine={
            name: _affine(weights, row * module.hidden_size + unit, X, H_prev, gated)
            for row, name in enumerate(cell.blocks)
        },
        value={name: float(array[step, unit]) for name, array in values.items()},
        previous={name: float(array[unit]) for name, array in previous.items()},
    )


def _affine(weights: Weights, row: int, X: Array, H_prev: Array, gated: Array | None) -> Affine:
    return Affine(
        input=float(X @ weights.ih[row]),
        state=float(H_prev @ weights.hh[row]),
        input_bias=float(weights.bias_ih[row]),
        state_bias=float(weights.bias_hh[row]),
        gated_state=None if gated is None else float(gated @ weights.hh[row]),
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
