"""Writes a trace as CSV, Parquet or netCDF.

It knows traces only and imports no torch, so that a page can offer a download at once.
"""

from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow
import pyarrow.csv
import xarray as xr

from explorer.errors import ExplorerError
from explorer.recurrence.quantities import DIMS

ENDINGS = (".csv", ".parquet", ".nc")


def write(trace: xr.Dataset, path: Path | str) -> None:
    """Writes a trace to a file, as the file's ending says.

    Args:
        trace: A trace.
        path: A file ending in .csv or .parquet, for the ``table`` of the trace, or in .nc, for
            the whole dataset as netCDF.

    Raises:
        ExplorerError: The ending is another, or the file cannot be written.
    """
    content = to_bytes(trace, Path(path).suffix)
    try:
        Path(path).write_bytes(content)
    except OSError as error:
        raise ExplorerError(
            "{path} cannot be written: {reason}.", path=path, reason=error.strerror
        ) from error


def to_bytes(trace: xr.Dataset, ending: str) -> bytes:
    """The content of the file that ``write`` would write.

    Args:
        trace: A trace.
        ending: ".csv" (UTF-8), ".parquet" or ".nc".

    Raises:
        ExplorerError: The ending is another.
    """
    match ending.lower():
        case ".csv":
            return _csv(table(trace))
        case ".parquet":
            return table(trace).to_parquet(index=False, engine="pyarrow")
        case ".nc":
            buffer = BytesIO()
            trace.to_netcdf(buffer, engine="h5netcdf")
            return buffer.getvalue()
    raise ExplorerError(
        "A trace can be written as .csv, .parquet or .nc, not as {ending}.",
        ending=f'"{ending}"',
    )


def table(trace: xr.Dataset) -> pd.DataFrame:
    """A trace as one row per unit and step, in the order of its dimensions.

    Args:
        trace: A trace.

    Returns:
        Columns ``layer``, ``direction``, ``batch`` (only if there is more than one sequence),
        ``part`` (only in a trace of encoder and decoder), ``step``, ``token`` (empty if the trace
        has none), ``unit`` and one per quantity. Steps beyond a sequence's length are left out.
    """
    true_steps = trace["step"] < trace["length"]  # (step, batch)
    kept = _flatten(true_steps, trace).astype(bool)
    token = trace["token"] if "token" in trace.coords else xr.DataArray("")
    names = [*DIMS[:3], *(["part"] if "part" in trace.coords else []), "step"]
    labels = {name: trace[name] for name in names} | {"token": token, "unit": trace["unit"]}
    if trace.sizes["batch"] == 1:
        del labels["batch"]
    columns = labels | {str(name): trace[name] for name in trace.data_vars}
    return pd.DataFrame({name: _flatten(column, trace)[kept] for name, column in columns.items()})


def _csv(frame: pd.DataFrame) -> bytes:
    # Arrow writes the long tables of a deep model a dozen times faster than pandas, but would put
    # the header in quotes.
    buffer = BytesIO()
    buffer.write((",".join(frame.columns) + "\n").encode())
    rows = pyarrow.Table.from_pandas(frame, preserve_index=False)
    pyarrow.csv.write_csv(rows, buffer, pyarrow.csv.WriteOptions(include_header=False))
    return buffer.getvalue()


def _flatten(values: xr.DataArray, trace: xr.Dataset) -> npt.NDArray[np.generic]:
    """Repeats values over the dimensions that they lack: one per row of the table."""
    sizes = {name: trace.sizes[name] for name in DIMS}
    missing = {name: size for name, size in sizes.items() if name not in values.dims}
    full = values.drop_vars(values.coords).expand_dims(missing).transpose(*DIMS)
    flat: npt.NDArray[np.generic] = full.values.ravel()
    return flat
