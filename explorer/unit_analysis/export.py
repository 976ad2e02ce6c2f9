"""Writes what was found of all units to a file."""

from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import Any

import xarray as xr

from explorer.errors import ExplorerError
from explorer.stored.whole import write_whole


def write(found: xr.Dataset, path: Path | str) -> None:
    """Writes a dataset of ``explorer.units`` as netCDF, whole or not at all.

    Numbers are kept in single precision, which is finer than they are known, and compressed.

    Args:
        found: What ``explorer.units`` returned.
        path: A file ending in .nc.

    Raises:
        ExplorerError: The ending is another, or the file cannot be written.
    """
    if not isinstance(path, str | PathLike) or Path(path).suffix.lower() != ".nc":
        raise ExplorerError(
            "What units do is written as netCDF: give a path that ends in .nc, not {path}.",
            path=repr(str(path)),
        )
    buffer = BytesIO()
    found.to_netcdf(buffer, engine="h5netcdf", encoding={n: _stored(found[n]) for n in found})
    write_whole(path, buffer.getvalue())


def _stored(values: xr.DataArray) -> dict[str, Any]:
    """How a variable is kept; a text letter by letter, since only so it is compressed."""
    kinds = {"f": "float32", "i": "int32", "U": "S1"}
    return {"dtype": kinds[values.dtype.kind], "zlib": True, "complevel": 9, "shuffle": True}
