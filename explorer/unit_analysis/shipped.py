"""What the units of the shipped models do, measured beforehand; torch-free."""

from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import xarray as xr

from explorer.errors import ExplorerError
from explorer.models import catalogue
from explorer.models.card import Card
from explorer.shipped_files import restore_command
from explorer.stored import regular
from explorer.unit_analysis.named_units import NamedUnit, named_units
from explorer.unit_analysis.own_texts import own_texts

FILE = "units.nc"

_MOST = 4 << 20
"""Bytes of a file."""
_MOST_VALUES = 64 << 20
"""Bytes of what it holds, uncompressed."""


def summary(name: str) -> xr.Dataset | None:
    """What the units of the shipped model ``name`` do, as ``explorer.units`` found it.

    Contexts are places in `context_texts`. The arrays are shared, so they are read-only.

    Returns:
        The dataset; None if the model comes without one.

    Raises:
        ExplorerError: There is no such model, or its file is damaged.
    """
    path = catalogue.folder(name) / FILE
    return _shipped(path, _stamp(path))[0] if path.is_file() else None


def named(name: str) -> tuple[NamedUnit, ...]:
    """The units of the shipped model ``name`` that have a name, the surest first; as `summary`."""
    path = catalogue.folder(name) / FILE
    return _shipped(path, _stamp(path))[1] if path.is_file() else ()


def context_texts(name: str) -> tuple[str, ...]:
    """The texts that the contexts of `summary` are in.

    ``highest_text`` numbers them, ``highest_start`` says how many of a text's characters stand
    before the passage that was read from a state of zeros, and ``highest_step`` which of the
    passage's steps it is. Of a translation model each sentence pair is a text.

    Raises:
        ExplorerError: There is no such model.
    """
    card = catalogue.card(name)
    texts = own_texts(card)
    return tuple(texts[0].splitlines()) if card.source_vocabulary else texts


def provenance(card: Card) -> dict[str, str]:
    """What a dataset says of the model and the texts that it was measured on.

    ``weights`` and ``contexts`` are SHA-256 sums: of the model's weights and of its own texts.
    """
    return {
        "model": card.name,
        "weights": card.sha256,
        "corpus": card.data.name,
        "contexts": sha256("\0".join(own_texts(card)).encode()).hexdigest(),
    }


@lru_cache(maxsize=32)
def _shipped(path: Path, stamp: tuple[int, int]) -> tuple[xr.Dataset, tuple[NamedUnit, ...]]:
    try:
        found = _read(path)
        return found, named_units(found)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        raise ExplorerError(
            "The measurements {path} are missing or damaged; restore them with: {command}",
            path=path.name,
            command=restore_command(f"pretrained/{'/'.join(path.parts[-2:])}"),
        ) from None


def _read(path: Path) -> xr.Dataset:
    content = BytesIO(regular.read(path, most=_MOST))
    with xr.open_dataset(content, engine="h5netcdf") as found:
        if found.nbytes > _MOST_VALUES:
            raise ValueError("larger than a model of ours has units")
        loaded = found.load()
    for variable in loaded.data_vars.values():
        variable.values.flags.writeable = False
    return loaded


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns
