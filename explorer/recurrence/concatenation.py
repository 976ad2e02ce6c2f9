"""Concatenates the traces of several calls of one module along steps, as of decoding by tokens."""

from collections.abc import Sequence

import numpy as np
import xarray as xr

from explorer.errors import ExplorerError
from explorer.recurrence.cells import Array
from explorer.recurrence.labels import Tokens, with_tokens


def concatenate(traces: Sequence[xr.Dataset], *, tokens: Tokens | None = None) -> xr.Dataset:
    """One trace of all steps of several, in their order.

    Each sequence's steps follow one another, those of the second trace after its own last one of
    the first; so lengths add up, and no gap is left where sequences were of several lengths.

    Args:
        traces: Traces of one module, of equally many sequences each.
        tokens: What stands at each step, as for ``trace``, counted over all traces. If not given,
            the traces' own, where all have them.

    Raises:
        ExplorerError: There is none, their numbers of sequences differ, or there are not as many
            tokens as steps.
    """
    if not traces:
        raise ExplorerError("There is no call to join.")
    if len(traces) == 1 and tokens is None:
        return traces[0]
    sizes = {trace.sizes["batch"] for trace in traces}
    if len(sizes) > 1:
        raise ExplorerError(
            "These calls read {sizes} sequences, so their rows do not correspond; only calls "
            "with the same number of sequences can be joined.",
            sizes=", ".join(map(str, sorted(sizes))),
        )
    lengths = np.stack([trace["length"].values for trace in traces])  # (calls, B)
    T = int(lengths.sum(axis=0).max(initial=0))
    names = [str(name) for name in traces[0].data_vars]
    variables = {
        name: _concatenated([trace[name] for trace in traces], lengths, T) for name in names
    }
    coords = {name: index for name, index in traces[0].coords.items() if "step" not in index.dims}
    whole = xr.Dataset(variables, coords, _attributes(traces)).assign_coords(
        step=np.arange(T), length=("batch", lengths.sum(axis=0))
    )
    if tokens is not None:
        return with_tokens(whole, tokens)
    if all("token" in trace.coords for trace in traces):
        return whole.assign_coords(
            token=_concatenated([trace["token"] for trace in traces], lengths, T)
        )
    return whole


def _concatenated(parts: Sequence[xr.DataArray], lengths: Array, T: int) -> xr.Variable:
    """One variable over all steps; NaN, or an empty token, beyond a sequence's length."""
    dims = ("batch", "step", *[dim for dim in parts[0].dims if dim not in ("batch", "step")])
    values = [part.transpose(*dims).values for part in parts]  # (B, t, …) each
    if (lengths == lengths[:, :1]).all() and sum(v.shape[1] for v in values) == T:
        together = np.concatenate(values, axis=1)  # (B, T, …)
    else:
        together = _one_by_one(values, lengths, T)
    variable = xr.Variable(dims, together, parts[0].attrs)
    return variable.transpose(*parts[0].dims)


def _one_by_one(values: Sequence[Array], lengths: Array, T: int) -> Array:
    B, _, *rest = values[0].shape
    missing = "" if values[0].dtype.kind == "U" else np.nan
    together = np.full((B, T, *rest), missing, np.result_type(*values))
    ends = lengths.cumsum(axis=0)  # (calls, B)
    for part, counts, stops in zip(values, lengths, ends, strict=True):
        for b, (count, stop) in enumerate(zip(counts, stops, strict=True)):
            together[b, stop - count : stop] = part[b, :count]
    return together


def _attributes(traces: Sequence[xr.Dataset]) -> dict[str, object]:
    attributes = dict(traces[0].attrs)
    changed = [trace.attrs["interventions"] for trace in traces if "interventions" in trace.attrs]
    if changed:
        attributes["interventions"] = "; ".join(dict.fromkeys(changed))
    differences = [trace.attrs["difference"] for trace in traces if "difference" in trace.attrs]
    if differences:
        attributes["difference"] = max(differences)
    return attributes
