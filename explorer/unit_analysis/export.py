"""Writes what was found of all units: to a netCDF file or a Zarr folder."""

import secrets
import shutil
from importlib.util import find_spec
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import Any

import xarray as xr

from explorer.errors import ExplorerError
from explorer.stored.whole import write_whole


def check(path: Path | str) -> None:
    """Whether `write` can write there, as far as can be told before there is anything to write.

    Raises:
        ExplorerError: The ending is neither .nc nor .zarr, Zarr is not installed, or what stands at
            a path that ends in .zarr is something else.
    """
    suffix = Path(path).suffix.lower() if isinstance(path, str | PathLike) else ""
    if suffix not in (".nc", ".zarr"):
        raise ExplorerError(
            "What units do is written as netCDF or as Zarr: give a path that ends in .nc or .zarr, "
            "not {path}.",
            path=repr(str(path)),
        )
    if suffix == ".zarr":
        if not _has_zarr():
            raise ExplorerError(
                "A path that ends in .zarr needs Zarr, which is not installed: pip install "
                "zarr==3.1.6 brings it."
            )
        _check_replaceable(Path(path))


def _has_zarr() -> bool:
    try:
        return find_spec("zarr") is not None
    except ValueError:  # it stands among the imported modules and is none
        return False


def write(found: xr.Dataset, path: Path | str) -> None:
    """Writes a dataset of ``explorer.units``, whole or not at all.

    Numbers are kept in single precision, which is finer than they are known, and compressed.

    Args:
        found: What ``explorer.units`` returned.
        path: A file ending in .nc, or a folder ending in .zarr (Zarr format 2, which has a
            specification for texts); one that is there is replaced.

    Raises:
        ExplorerError: As of `check`, or it cannot be written.
    """
    check(path)
    if Path(path).suffix.lower() == ".zarr":
        _write_folder(found, Path(path))
        return
    buffer = BytesIO()
    found.to_netcdf(buffer, engine="h5netcdf", encoding={n: _stored(found[n]) for n in found})
    write_whole(path, buffer.getvalue())


def _stored(values: xr.DataArray) -> dict[str, Any]:
    """How a variable is kept; a text letter by letter, since only so it is compressed."""
    kinds = {"f": "float32", "i": "int32", "U": "S1"}
    return {"dtype": kinds[values.dtype.kind], "zlib": True, "complevel": 9, "shuffle": True}


def _write_folder(found: xr.Dataset, path: Path) -> None:
    """Beside its place first, so that no half of it is ever seen."""
    beside = path.with_name(f".{secrets.token_hex(8)}.part")
    kinds = {"f": "float32", "i": "int32"}
    numbers = [name for name in found if found[name].dtype.kind in kinds]
    stored = {name: {"dtype": kinds[found[name].dtype.kind]} for name in numbers}
    try:
        beside.mkdir()  # which makes no folder above it
        found.to_zarr(beside, mode="w", zarr_format=2, encoding=stored)
        if path.exists():
            shutil.rmtree(path)
        beside.rename(path)
    except OSError as error:
        raise ExplorerError(
            "The file {path} cannot be written: {reason}.", path=path, reason=error.strerror
        ) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _check_replaceable(path: Path) -> None:
    """What is replaced is Zarr, so that a wrong name takes nothing else away."""
    if path.is_symlink() or (path.exists() and not (path / ".zgroup").is_file()):
        raise ExplorerError(
            "The path {path} is taken by something that is no Zarr folder: give another.", path=path
        )
