"""One step of one unit, term by term: the numbers that stand in the cell's equations.

Reads the weights and a trace; runs no module.
"""

import numpy as np
import torch
import xarray as xr
from torch import nn

from explorer.errors import ExplorerError
from explorer.recurrence.terms import Affine, Step

#: The order in which torch stacks the rows of a layer's weights.
_ROWS = {
    "gru": ("reset", "update", "candidate"),
    "lstm": ("input", "forget", "candidate", "output"),
}


def step_terms(
    module: nn.GRU | nn.LSTM,
    trace: xr.Dataset,
    inputs: torch.Tensor,
    *,
    layer: int,
    step: int,
    unit: int,
) -> Step:
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

    Source: *Dive into Deep Learning*, equations 9.1.1 to 9.1.3 and 9.2.1 to 9.2.4.
    """
    if "interventions" in trace.attrs:
        raise ExplorerError(
            "The equations are those of the model as it is: this trace was made with interventions."
        )
    cell = "lstm" if isinstance(module, nn.LSTM) else "gru"
    states = ("hidden", "memory") if cell == "lstm" else ("hidden",)
    at = trace.isel(layer=layer, direction=0, batch=0)
    before = {
        name: at[name].values[step - 1] if step else np.zeros(module.hidden_size, np.float32)
        for name in states
    }  # (H,) each
    X = inputs[0, step].numpy() if layer == 0 else trace["hidden"].values[layer - 1, 0, 0, step]
    gated = at["reset"].values[step] * before["hidden"] if cell == "gru" else None  # (H,)
    return Step(
        affine={
            name: _affine(
                module, layer, row * module.hidden_size + unit, X, before["hidden"], gated
            )
            for row, name in enumerate(_ROWS[cell])
        },
        value={str(name): float(at[name].values[step, unit]) for name in at.data_vars},
        previous={name: float(before[name][unit]) for name in states},
    )


def _affine(
    module: nn.GRU | nn.LSTM,
    layer: int,
    row: int,
    X: np.ndarray,
    H: np.ndarray,
    gated: np.ndarray | None,
) -> Affine:
    W_x = module.get_parameter(f"weight_ih_l{layer}")[row].detach().numpy()  # (X,)
    W_h = module.get_parameter(f"weight_hh_l{layer}")[row].detach().numpy()  # (H,)
    biases = [
        module.get_parameter(f"bias_{part}_l{layer}")[row].item() if module.bias else 0.0
        for part in ("ih", "hh")
    ]
    return Affine(
        input=float(X @ W_x),
        state=float(H @ W_h),
        input_bias=biases[0],
        state_bias=biases[1],
        gated_state=None if gated is None else float(gated @ W_h),
    )
