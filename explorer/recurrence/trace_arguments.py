"""What is taken as a trace: a dataset, one variable of it, or the traces of several calls."""

from typing import Any

import xarray as xr

from explorer.errors import ExplorerError


def traces_of(given: Any) -> tuple[xr.Dataset, ...]:
    """The traces, at least one: of a dataset, an array, or what a recording holds under a name.

    Raises:
        ExplorerError: It is none of these.
    """
    if isinstance(given, xr.DataArray):
        given = given.to_dataset(name=given.name or "value")
    found = (given,) if isinstance(given, xr.Dataset) else given
    if not isinstance(found, tuple | list) or not all(isinstance(o, xr.Dataset) for o in found):
        raise ExplorerError(
            "A trace must be an xarray.Dataset, as explorer.trace returns it or as a "
            'recording holds it under the name of a module, such as recording["rnn"]; this '
            "is a {kind}.",
            kind=type(given).__name__,
        )
    if not found:
        raise ExplorerError("There is no trace: the module was not called inside the recording.")
    return tuple(found)


def trace_of(given: Any) -> xr.Dataset:
    """The one trace.

    Raises:
        ExplorerError: There are several, or it is none.
    """
    found = traces_of(given)
    if len(found) > 1:
        raise ExplorerError(
            "These are the traces of {count} calls: choose one by its index, or join them "
            "with recording.joined(name).",
            count=len(found),
        )
    return found[0]
