"""What the units of the shipped models do, measured beforehand; torch-free."""

from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import xarray as xr

from explorer.errors import ExplorerError
from explorer.models import catalogue, own_folder
from explorer.models.card import Card
from explorer.shipped_files import restore_command
from explorer.stored import regular
from explorer.unit_analysis.named_units import NamedUnit, named_units
from explorer.unit_analysis.own_texts import own_texts

FILES = {"decoder": "units.nc", "encoder": "units-encoder.nc", "backward": "units-backward.nc"}
"""By the part of a translation model or of one that reads both ways; the first is any other's."""

_MOST = 4 << 20
"""Bytes of a file."""
_MOST_VALUES = 64 << 20
"""Bytes of what it holds, uncompressed."""


def summary(name: str, part: str = "decoder") -> xr.Dataset | None:
    """What the units of the shipped model ``name`` do, as ``explorer.units`` found it.

    Contexts are places in `context_texts`; where that has none, there are none. The arrays are
    shared, so they are read-only.

    Args:
        name: The model's.
        part: Of a translation model "encoder" or "decoder", of one that reads both ways
            "backward" for its other direction.

    Returns:
        The dataset; None if the model comes without one, as every one of the reader's own.

    Raises:
        ExplorerError: There is no such model, or its file is damaged, or was measured on other
            weights than the model's or on other texts than those here.
    """
    found = _of(name, part)
    return found and found[0]


def named(name: str, part: str = "decoder") -> tuple[NamedUnit, ...]:
    """The units of the shipped model ``name`` that have a name, the surest first; as `summary`."""
    found = _of(name, part)
    return found[1] if found else ()


def context_texts(name: str, part: str = "decoder") -> tuple[str, ...]:
    """The texts that the contexts of `summary` are in.

    ``highest_text`` numbers them, ``highest_start`` says how many of a text's characters stand
    before the passage that was read from a state of zeros, and ``highest_step`` which of the
    passage's steps it is. Where sentences are read, each of them is a text, or each pair.

    Raises:
        ExplorerError: There is no such model.
    """
    card = catalogue.card(name)
    texts = own_texts(card, part)
    if card.task in ("translation", "infill"):
        return tuple(line for text in texts for line in text.splitlines())
    return texts


def about_shipped(found: xr.Dataset, card: Card, part: str) -> xr.Dataset:
    """What ships with a model: with `provenance`, and no place in texts that do not ship."""
    if not own_texts(card, part):
        names = [name for name in found if str(name).startswith(("highest", "lowest"))]
        found = found.drop_vars(names)
    return found.assign_attrs(provenance(card, part))


def provenance(card: Card, part: str = "decoder") -> dict[str, str]:
    """What a dataset says of the model and the texts that it was measured on.

    ``weights`` and ``contexts`` are SHA-256 sums: of the model's weights and of its own texts.
    """
    return {
        "model": card.name,
        "weights": card.sha256,
        "corpus": card.data.name,
        "contexts": sha256("\0".join(own_texts(card, part)).encode()).hexdigest(),
    }


def _of(name: str, part: str) -> tuple[xr.Dataset, tuple[NamedUnit, ...]] | None:
    if own_folder.is_own(name):
        return None
    path = catalogue.folder(name) / FILES[part]
    if not path.is_file():
        return None
    found = _shipped(path, _stamp(path))
    _check_belongs(found[0], name, part)
    return found


@lru_cache(maxsize=32)
def _shipped(path: Path, stamp: tuple[int, int]) -> tuple[xr.Dataset, tuple[NamedUnit, ...]]:
    try:
        found = _read(path)
        return found, named_units(found)
    except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError):
        raise ExplorerError(
            "The measurements {path} are missing or damaged; restore them with: {command}",
            path=path.name,
            command=restore_command(f"pretrained/{'/'.join(path.parts[-2:])}"),
        ) from None


def _check_belongs(found: xr.Dataset, name: str, part: str) -> None:
    """Another model may have fewer units, and other texts no such place as the file points to."""
    card = catalogue.card(name)
    said = tuple(found.attrs.get(key) for key in ("weights", "contexts"))
    if said != (card.sha256, _contexts(name, part, card.sha256)):
        raise ExplorerError(
            "The measurements {path} are not of the weights and texts of {model}. Measure again "
            "with {measure}, or restore both with: {command}",
            path=FILES[part],
            model=name,
            measure="python -m explorer units",
            command=restore_command(f"pretrained/{name}"),
        )


@lru_cache(maxsize=32)
def _contexts(name: str, part: str, _weights: str) -> str:
    """The sum of a model's own texts; reckoned anew once the card is of other weights."""
    return provenance(catalogue.card(name), part)["contexts"]


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
