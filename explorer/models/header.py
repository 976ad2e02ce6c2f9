"""Reads the header of a safetensors file without reading its tensors. Knows nothing of models.

The format (https://github.com/huggingface/safetensors#format): eight bytes with the length of the
header, the header as JSON (name -> dtype, shape, place of the bytes), then the bytes.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

LIMIT = 1 << 20
"""Bytes; a header of ours is below 2 KB, and a longer one is not worth its memory."""

_WIDTHS = {"F16": 2, "BF16": 2, "F32": 4, "F64": 8, "I64": 8, "U8": 1}


class Entry(NamedTuple):
    """One tensor as the header announces it."""

    dtype: str
    shape: tuple[int, ...]


def read(path: Path) -> Mapping[str, Entry]:
    """The tensors that ``path`` announces, by name.

    Raises:
        OSError: The file cannot be read.
        ValueError: The header is too long or malformed, or the bytes that it announces are not
            exactly those of the file.
    """
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if not 2 <= length <= LIMIT:
            raise ValueError(f"a header of {length} bytes")
        header = json.loads(file.read(length))
    if not isinstance(header, dict):
        raise ValueError("a header that names nothing")
    header.pop("__metadata__", None)
    try:
        entries = {name: Entry(e["dtype"], tuple(e["shape"])) for name, e in header.items()}
        announced = sum(_size(entry) for entry in entries.values())
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("a malformed header") from error
    if path.stat().st_size != 8 + length + announced:
        raise ValueError("the file has another size than its header says")
    return entries


def _size(entry: Entry) -> int:
    """Bytes of one tensor."""
    size = _WIDTHS[entry.dtype]
    for extent in entry.shape:
        if type(extent) is not int or extent < 0:
            raise ValueError(f"an extent of {extent!r}")
        size *= extent
    return size
