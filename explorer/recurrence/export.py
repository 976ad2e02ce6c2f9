"""Writes a trace as CSV, Parquet or netCDF; torch-free, so a page can offer a download at once."""

import csv
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


def write(trace: xr.Dataset | xr.DataArray, path: Path | str) -> None:
    """Writes a trace to a file, whole or not at all, as the file's ending says.

    Args:
        trace: A trace, or what xarray has made of one: a slice, a mean, a stack.
        path: A file ending in .csv or .parquet, for the ``table`` of the trace, or in .nc, for
            the whole dataset as netCDF (of a stacked dimension the levels, as coordinates).

    Raises:
        ExplorerError: It is no trace, the ending is another, or the file cannot be written.
    """
    if not isinstance(path, str | PathLike):
        raise ExplorerError(
            "A trace is written to a path, given as a string or a pathlib.Path, not to a {kind}.",
            kind=type(path).__name__,
        )
    write_whole(path, to_bytes(trace, Path(path).suffix))


def to_bytes(trace: xr.Dataset | xr.DataArray, ending: str) -> bytes:
    """The content of the file that ``write`` would write.

    Args:
        trace: A trace, or what xarray has made of one; see ``table``.
        ending: ".csv" (UTF-8), ".parquet" or ".nc".

    Raises:
        ExplorerError: The ending is another, or this is nothing that such a file can hold.
    """
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


def _netcdf(trace: xr.Dataset) -> bytes:
    """The dataset, with the levels of stacked dimensions as coordinates: netCDF has no stacks."""
    indexes = {name: trace.get_index(name) for name in trace.dims}
    stacked = [name for name, index in indexes.items() if isinstance(index, pd.MultiIndex)]
    flat = trace.reset_index(stacked) if stacked else trace
    mixed = [name for name, label in flat.coords.items() if label.dtype.kind == "O"]
    named = {name: flat[name].fillna("").astype(str) for name in mixed}  # no token where no step is
    buffer = BytesIO()
    flat.assign_coords(named).to_netcdf(buffer, engine="h5netcdf")
    return buffer.getvalue()
