"""A trace, or whatever xarray has made of one, as a table."""

from collections.abc import Hashable, Iterator, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from explorer.errors import ExplorerError
from explorer.recurrence.quantities import DIMS
from explorer.recurrence.trace_arguments import trace_of

_FIRST = ("layer", "direction", "batch", "part", "step", "token")
_COUNTED = ("batch", "step")  # their labels are places, so they can be numbered anew
_Column = npt.NDArray[np.generic]


def table(trace: xr.Dataset | xr.DataArray) -> pd.DataFrame:
    """A trace as one row per unit and step, in the order of its dimensions.

    Args:
        trace: A trace, sliced, stacked, reduced or joined by xarray as you like; also one of its
            variables alone.

    Returns:
        Columns ``layer``, ``direction``, ``batch`` (only if there is more than one sequence, or
        one was chosen among several), ``part`` (only in a trace of encoder and decoder), ``step``,
        ``token`` (empty if the trace has none), further coordinates, ``unit`` and one per
        quantity. A dimension of which one place was selected stays as a column, unless it was
        dropped. Steps beyond a sequence's length are left out, except where the trace holds
        numbers there. Where repeated labels would make rows alike (traces concatenated without new
        ones), sequences and steps are numbered anew. Quantities with dimensions of their own have
        rows of their own, below.

    Raises:
        ExplorerError: It is no trace, has no variable, or one of its other labels is repeated.
    """
    given = trace_of(trace)
    frames = [_frame(part) for part in _alike(given)]
    if not frames:
        raise ExplorerError("This trace has no quantities left, so there is nothing to write.")
    if len(frames) == 1:
        return frames[0]
    # So a label that a row lacks is empty, and does not make fractions of the others.
    whole = pd.concat(map(_with_integers, frames), ignore_index=True)
    return whole[sorted(whole.columns, key=given.data_vars.__contains__)]  # the labels first


def _with_integers(frame: pd.DataFrame) -> pd.DataFrame:
    whole = frame.select_dtypes("integer").columns
    return frame.astype(dict.fromkeys(whole, "Int64"))


def _alike(trace: xr.Dataset) -> Iterator[xr.Dataset]:
    """The dataset's parts, each of variables that go beside one another in a table."""
    dims = {name: frozenset(values.dims) for name, values in trace.data_vars.items()}
    widest = [
        one for one in dict.fromkeys(dims.values()) if not any(one < o for o in dims.values())
    ]
    for place, one in enumerate(widest):
        taken = widest[:place]
        names = [
            name for name, own in dims.items() if own <= one and not any(own <= o for o in taken)
        ]
        unused = [name for name, label in trace.coords.items() if not set(label.dims) <= one]
        yield trace[names].drop_vars(unused, errors="ignore")


def _frame(part: xr.Dataset) -> pd.DataFrame:
    sizes = {dim: part.sizes[dim] for dim in sorted(part.dims, key=lambda dim: _rank(part, dim))}
    labels = {str(name): _flat(label, sizes) for name, label in _labels(part).items()}
    values = {str(name): _flat(variable, sizes) for name, variable in part.data_vars.items()}
    columns = labels | values
    kept = _existing(part, sizes)
    return pd.DataFrame({name: column[kept] for name, column in columns.items()})


def _rank(part: xr.Dataset, dim: Hashable) -> int:
    """Where a dimension stands: in the order of a trace, one that was stacked by its levels."""
    names = [name for name, label in part.coords.items() if label.dims == (dim,)]
    return min((DIMS.index(str(name)) for name in (dim, *names) if name in DIMS), default=len(DIMS))


def _labels(part: xr.Dataset) -> dict[Hashable, xr.DataArray]:
    """What names a row, in the order of the columns."""
    found = {name: label for name, label in part.coords.items() if name != "length"}
    for dim in part.dims:
        index = part.get_index(dim)
        if isinstance(index, pd.MultiIndex):
            del found[dim]  # its levels have columns
        elif dim in _COUNTED and (dim not in found or not index.is_unique):
            found[dim] = xr.DataArray(np.arange(len(index)), dims=dim)
        elif not any(label.dims == (dim,) for label in found.values()):
            found[dim] = part[dim]
        if not index.is_unique and dim not in _COUNTED:
            raise ExplorerError(
                "The {dim} {label} occurs more than once in this trace, so its rows could not be "
                "told apart: keep one, or give each its own label.",
                dim=dim,
                label=index[index.duplicated()][0],
            )
    if part.sizes.get("batch") == 1 and found["batch"].item() == 0:
        del found["batch"]
    if "step" in found and "token" not in found:
        found["token"] = xr.DataArray("")
    return {name: found[name] for name in _in_order(found)}


def _in_order(names: Mapping[Hashable, object]) -> list[Hashable]:
    first = [name for name in _FIRST if name in names]
    last = [name for name in names if str(name).endswith("unit")]
    return [*first, *(name for name in names if name not in (*first, *last)), *last]


def _existing(part: xr.Dataset, sizes: Mapping[Hashable, int]) -> npt.NDArray[np.bool_]:
    """Which rows stand for a step that exists: by the lengths, or since there are numbers."""
    rows = int(np.prod(list(sizes.values()), dtype=int))
    if "step" not in part.coords:
        return np.ones(rows, bool)
    true_steps = part["step"] < part.coords.get("length", -1)
    held = _flat(true_steps, sizes).astype(bool)
    for variable in part.data_vars.values():
        if set(true_steps.dims) <= set(variable.dims):
            held |= _flat(variable.notnull(), sizes).astype(bool)
    return held


def _flat(values: xr.DataArray, sizes: Mapping[Hashable, int]) -> _Column:
    """Repeats values over the dimensions that they lack: one per row of the table."""
    own = values.transpose(*[dim for dim in sizes if dim in values.dims]).values
    shape = [size if dim in values.dims else 1 for dim, size in sizes.items()]
    flat: _Column = np.broadcast_to(own.reshape(shape), tuple(sizes.values())).ravel()
    return flat
