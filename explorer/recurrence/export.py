"""Writes traces as CSV, Parquet or netCDF; torch-free, so a page can offer a download at once."""

import csv
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO
from os import PathLike
from pathlib import Path

import pandas as pd
import pyarrow
import pyarrow.csv
import xarray as xr

from explorer.errors import ExplorerError
from explorer.recurrence.table import table
from explorer.recurrence.trace_arguments import trace_of
from explorer.stored.whole import write_whole

ENDINGS = (".csv", ".parquet", ".nc")

#: The traces of each module by its name, as ``explorer.record`` gives them.
Recorded = Mapping[str, Sequence[xr.Dataset]]


def write(trace: xr.Dataset | xr.DataArray | Recorded, path: Path | str) -> None:
    """Writes a trace or a recording to a file, whole or not at all, as the file's ending says.

    Args:
        trace: A trace, or what xarray has made of one: a slice, a mean, a stack. Or a recording:
            in its file each module is a group, and in that each trace, by its number.
        path: A file ending in .csv or .parquet, for the ``table`` of the trace, or in .nc, for
            the whole dataset as netCDF (of a stacked dimension the levels, as coordinates). For a
            recording .nc alone; ``xarray.open_datatree`` reads it, and so does the app.

    Raises:
        ExplorerError: It is no trace, the ending is another, or the file cannot be written.
    """
    if not isinstance(path, str | PathLike):
        raise ExplorerError(
            "A trace is written to a path, given as a string or a pathlib.Path, not to a {kind}.",
            kind=type(path).__name__,
        )
    write_whole(path, to_bytes(trace, Path(path).suffix))


def to_bytes(trace: xr.Dataset | xr.DataArray | Recorded, ending: str) -> bytes:
    """The content of the file that ``write`` would write.

    Args:
        trace: A trace, or what xarray has made of one; see ``table``. Or a recording.
        ending: ".csv" (UTF-8), ".parquet" or ".nc".

    Raises:
        ExplorerError: The ending is another, or this is nothing that such a file can hold.
    """
    if isinstance(trace, Mapping) and not isinstance(trace, xr.Dataset):
        return _modules(trace, ending)
    given = trace_of(trace)
    try:
        match ending.lower():
            case ".csv":
                return _csv(table(given))
            case ".parquet":
                return table(given).to_parquet(index=False, engine="pyarrow")
            case ".nc":
                return _netcdf(given)
    except ExplorerError:
        raise
    except (TypeError, ValueError, NotImplementedError) as error:  # the user's own labels
        raise ExplorerError(
            "This trace cannot be written as {ending}: {reason}.", ending=ending, reason=error
        ) from error
    raise ExplorerError(
        "A trace can be written as .csv, .parquet or .nc, not as {ending}.",
        ending=f'"{ending}"',
    )


def _csv(frame: pd.DataFrame) -> bytes:
    # Arrow writes the long tables of a deep model a dozen times faster than pandas, but would put
    # the header in quotes.
    header = StringIO()
    csv.writer(header, lineterminator="\n").writerow(frame.columns)
    buffer = BytesIO()
    buffer.write(header.getvalue().encode())
    rows = pyarrow.Table.from_pandas(frame, preserve_index=False)
    pyarrow.csv.write_csv(rows, buffer, pyarrow.csv.WriteOptions(include_header=False))
    return buffer.getvalue()


def _modules(recording: Recorded, ending: str) -> bytes:
    """The traces of all modules, each in a group of its module's."""
    if ending.lower() != ".nc":
        raise ExplorerError(
            "A recording is written as .nc alone, not as {ending}: it is of several traces.",
            ending=f'"{ending}"',
        )
    groups: dict[str, xr.Dataset] = {}
    for place, (name, traces) in enumerate(recording.items()):
        inside = f"/{name.replace('/', '_') or 'model'}"
        inside += f" {place}" if f"{inside}/0" in groups else ""
        for call, trace in enumerate(traces):
            said = {"module": name or "model", "place": place, "call": call}
            groups[f"{inside}/{call}"] = _flat(trace_of(trace)).assign_attrs(said)
    if not groups:
        raise ExplorerError("Nothing was recorded: call the model inside `record`.")
    buffer = BytesIO()
    xr.DataTree.from_dict(groups).to_netcdf(buffer, engine="h5netcdf")
    return buffer.getvalue()


def _netcdf(trace: xr.Dataset) -> bytes:
    buffer = BytesIO()
    _flat(trace).to_netcdf(buffer, engine="h5netcdf")
    return buffer.getvalue()


def _flat(trace: xr.Dataset) -> xr.Dataset:
    """The dataset, with the levels of stacked dimensions as coordinates: netCDF has no stacks."""
    indexes = {name: trace.get_index(name) for name in trace.dims}
    stacked = [name for name, index in indexes.items() if isinstance(index, pd.MultiIndex)]
    flat = trace.reset_index(stacked) if stacked else trace
    mixed = [name for name, label in flat.coords.items() if label.dtype.kind == "O"]
    named = {name: flat[name].fillna("").astype(str) for name in mixed}  # no token where no step is
    return flat.assign_coords(named)
