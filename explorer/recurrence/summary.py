"""What a trace sums up to, unit by unit: how long it remembers and how hard its gates decide.

It knows traces only, and nothing of the module they came from.
"""

import numpy as np
import xarray as xr

from explorer.errors import ExplorerError
from explorer.recurrence.quantities import GATES, RETAINING


def half_life(trace: xr.Dataset) -> xr.DataArray:
    """After how many steps half of what a unit held is gone, as far as its gates decide.

    A GRU keeps the share ``update`` of its hidden state at each step, an LSTM the share ``forget``
    of its memory. Over many steps these shares multiply, so the share kept per step is their
    geometric mean r, and the half-life is ln(1/2) / ln(r). For r near 1 it is ln 2 times the
    characteristic time 1 / (1 - r) of Tallec & Ollivier, *Can recurrent neural networks warp
    time?*, 2018.

    Args:
        trace: A trace of a GRU or an LSTM.

    Returns:
        Steps, over (layer, direction, unit), from all true steps of the whole batch: 0 where the
        gate was ever fully closed, infinite where it was always fully open.

    Raises:
        ExplorerError: The trace is of a plain RNN, which has no gate to remember by.
    """
    gate = _retaining_gate(trace)
    with np.errstate(divide="ignore"):
        logs = gate.copy(data=np.log(gate.values.astype(np.float64)))
        mean_log = logs.mean(dim=("batch", "step"), skipna=True)
        steps = mean_log.copy(data=np.log(2) / np.abs(mean_log.values))
    steps.attrs = {"long_name": "half-life", "units": "steps", "gate": str(gate.name)}
    return steps.rename("half_life")


def saturation(trace: xr.Dataset, *, low: float = 0.1, high: float = 0.9) -> xr.Dataset:
    """How often each gate is nearly closed or nearly open.

    A gate that is often beyond both bounds works as a switch. After Karpathy, Johnson & Li,
    *Visualizing and understanding recurrent networks*, 2015, section 4.2, with their bounds.

    Args:
        trace: A trace of a GRU or an LSTM.
        low: A gate below this counts as closed.
        high: A gate above this counts as open.

    Returns:
        ``closed`` and ``open`` over (gate, layer, direction, unit): the share, from 0 to 1, of all
        true steps of the whole batch.

    Raises:
        ExplorerError: The trace is of a plain RNN, which has no gates.
    """
    _retaining_gate(trace)
    names = list(GATES[trace.attrs["cell"]])
    gates = xr.concat([trace[name] for name in names], dim=_gate_index(names))
    true_steps = gates.notnull()
    shares = {
        name: beyond.where(true_steps).mean(dim=("batch", "step"), skipna=True)
        for name, beyond in {"closed": gates < low, "open": gates > high}.items()
    }
    return xr.Dataset(shares, attrs={"cell": trace.attrs["cell"], "low": low, "high": high})


def _gate_index(names: list[str]) -> xr.DataArray:
    return xr.DataArray(names, dims="gate", name="gate", coords={"gate": names})


def _retaining_gate(trace: xr.Dataset) -> xr.DataArray:
    if trace.attrs["cell"] not in RETAINING:
        raise ExplorerError("A plain RNN has no gates: only a GRU or an LSTM can be asked this.")
    return trace[RETAINING[trace.attrs["cell"]]]
