"""What a trace sums up to, unit by unit: how long it remembers and how hard its gates decide."""

import reprlib
from collections.abc import Hashable, Sequence

import numpy as np
import xarray as xr

from explorer.errors import ExplorerError
from explorer.recurrence.arrays import real_numbers
from explorer.recurrence.quantities import GATES, RETAINING
from explorer.recurrence.trace_arguments import traces_of

Given = xr.Dataset | xr.DataArray | Sequence[xr.Dataset]


def half_life(trace: Given) -> xr.DataArray:
    """After how many steps half of what a unit held is gone, as far as its gates decide.

    A GRU keeps the share ``update`` of its hidden state at each step, an LSTM the share ``forget``
    of its memory. Over many steps these shares multiply, so the share kept per step is their
    geometric mean r, and the half-life is ln(1/2) / ln(r). For r near 1 it is ln 2 times the
    characteristic time 1 / (1 - r) of Tallec & Ollivier, *Can recurrent neural networks warp
    time?*, 2018.

    Args:
        trace: A trace of a GRU or an LSTM, or a cut of one; or the traces of several calls of one
            module, as a recording holds them.

    Returns:
        Steps, over (layer, direction, unit), from all true steps of the whole batch and of all
        calls: 0 where the gate was ever fully closed, infinite where it was always fully open.

    Raises:
        ExplorerError: The trace is of a plain RNN, which has no gate to remember by, or it is no
            trace or lacks that gate, or the calls are of modules of several sizes.
    """
    traces = traces_of(trace)
    name = RETAINING.get(_cell(traces))
    if name is None:
        raise ExplorerError(
            "This cell has no gate that says which share of its value a unit keeps, so it has no "
            "half-life."
        )
    gate = _over_all(traces, name)
    with np.errstate(divide="ignore"):
        logs = gate.copy(data=np.log(gate.values.astype(np.float64)))
        mean_log = logs.mean(dim=_places(logs), skipna=True)
        steps = mean_log.copy(data=np.log(2) / np.abs(mean_log.values))
    steps.attrs = {"long_name": "half-life", "units": "steps", "gate": name}
    return steps.rename("half_life")


def saturation(trace: Given, *, low: float = 0.1, high: float = 0.9) -> xr.Dataset:
    """How often each gate is nearly closed or nearly open.

    A gate that is often beyond both bounds works as a switch. After Karpathy, Johnson & Li,
    *Visualizing and understanding recurrent networks*, 2015, section 4.2, with their bounds.

    Args:
        trace: As for `half_life`.
        low: A gate below this counts as closed.
        high: A gate above this counts as open.

    Returns:
        ``closed`` and ``open`` over (gate, layer, direction, unit): the share, from 0 to 1, of all
        true steps of the whole batch and of all calls.

    Raises:
        ExplorerError: The trace is of a plain RNN, which has no gates, or it is no trace, the
            calls are of modules of several sizes, or the bounds are no two numbers in
            order.
    """
    traces = traces_of(trace)
    cell = _cell(traces)
    _check_bounds(low, high)
    names = [name for name in GATES[cell] if all(name in trace for trace in traces)]
    each = [_over_all(traces, name).drop_attrs() for name in names]  # a share is no gate
    gates = xr.concat(each, dim=_gate_index(names))
    true_steps = gates.notnull()
    shares = {
        name: beyond.where(true_steps).mean(dim=_places(gates), skipna=True)
        for name, beyond in {"closed": gates < low, "open": gates > high}.items()
    }
    return xr.Dataset(shares, attrs={"cell": cell, "low": low, "high": high})


def _gate_index(names: list[str]) -> xr.DataArray:
    return xr.DataArray(names, dims="gate", name="gate", coords={"gate": names})


def _cell(traces: Sequence[xr.Dataset]) -> str:
    """The kind of cell; xarray's arithmetic may have dropped the name, but not the gates."""
    cell = traces[0].attrs.get("cell")
    if cell in GATES and not GATES[cell]:
        raise ExplorerError("A plain RNN has no gates: this is possible only for a GRU or an LSTM.")
    known = [cell] if cell in GATES else ["gru", "lstm"] if cell is None else []
    gates = {kind: RETAINING.get(kind) or GATES[kind][0] for kind in known}
    found = [kind for kind, gate in gates.items() if all(gate in trace for trace in traces)]
    if not found:
        raise ExplorerError(
            "This is possible only for a trace that has the update gate of a GRU or the "
            "forget gate of an LSTM."
        )
    return found[0]


def _over_all(traces: Sequence[xr.Dataset], name: str) -> xr.DataArray:
    """A gate at all places of all calls."""
    if len(traces) == 1:
        return traces[0][name]
    try:
        return xr.concat(
            [_in_a_row(trace[name]) for trace in traces],
            dim="place",
            coords="minimal",
            compat="override",
            join="exact",
        )
    except ValueError as error:
        raise ExplorerError(
            "These traces come from modules of different sizes: analyse each of them separately."
        ) from error


def _in_a_row(gate: xr.DataArray) -> xr.DataArray:
    """The gate with one dimension in place of batch and step, without their labels."""
    dims = [dim for dim in ("batch", "step") if dim in gate.dims]
    labels = [name for name in gate.coords if name not in ("layer", "direction", "unit")]
    return gate.drop_vars(labels).stack(place=dims, create_index=False)


def _places(gate: xr.DataArray) -> list[Hashable]:
    return [dim for dim in gate.dims if dim in ("batch", "step", "place")]


def _check_bounds(low: object, high: object) -> None:
    bounds = real_numbers([low, high])
    if bounds is None or bounds.shape != (2,) or not bounds[0] <= bounds[1]:
        raise ExplorerError(
            "The bounds of saturation must be two numbers, the lower one first, not {low} "
            "and {high}.",
            low=reprlib.repr(low),
            high=reprlib.repr(high),
        )
