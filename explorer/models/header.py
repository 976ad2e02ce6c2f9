"""Reads the header of a safetensors file without reading its tensors.

The format (https://github.com/huggingface/safetensors#format): eight bytes with the length of the
header, the header as JSON (name -> dtype, shape, place of the bytes), then the bytes.
"""

from collections.abc import Mapping
from math import prod
from types import MappingProxyType
from typing import Any, NamedTuple

from explorer.stored import document
from explorer.stored.regular import RegularFile

LIMIT = 1 << 16
"""Bytes; a header of ours has 2 KB, one of the most layers 20 KB."""
OURS: Mapping[str, int] = MappingProxyType({"F16": 2})
"""Kinds of numbers in our files, with their bytes."""
WIDE: Mapping[str, int] = MappingProxyType({"F32": 4})
"""The same where the card says float32."""


class Header(NamedTuple):
    """The beginning of a file.

    Attributes:
        content: Its bytes, in front of those of the tensors.
        shapes: Of the tensors that it announces, by name.
        announced: How many bytes these have.
    """

    content: bytes
    shapes: Mapping[str, tuple[int, ...]]
    announced: int


def read(file: RegularFile, *, kinds: Mapping[str, int] = OURS, limit: int = LIMIT) -> Header:
    """The header of a file of tensors that has just been opened.

    Args:
        file: At its beginning.
        kinds: Which numbers it may hold, by the format's name, with the bytes of one.
        limit: The most bytes of the header.

    Raises:
        OSError: The file cannot be read.
        ValueError: The header is too long or malformed, announces numbers of another kind, or the
            bytes that it announces are not exactly those of the file.
    """
    prefix = file.read(8)
    length = int.from_bytes(prefix, "little")
    if not 2 <= length <= limit:
        raise ValueError(f"a header of {length} bytes")
    text = file.read(length)
    entries = _entries(document.parse(text))
    shapes = {name: _shape(entry, kinds) for name, entry in entries.items()}
    announced = sum(kinds[entries[name]["dtype"]] * prod(shape) for name, shape in shapes.items())
    if file.size != 8 + length + announced:
        raise ValueError("the file has another size than its header says")
    return Header(prefix + text, shapes, announced)


def _entries(header: object) -> dict[str, Any]:
    if not isinstance(header, dict):
        raise ValueError("a header that names nothing")
    header.pop("__metadata__", None)
    return header


def _shape(entry: object, kinds: Mapping[str, int]) -> tuple[int, ...]:
    kind = entry.get("dtype") if isinstance(entry, dict) else None
    if not isinstance(entry, dict) or not isinstance(kind, str) or kind not in kinds:
        raise ValueError(f"an entry that is not of {', '.join(kinds)}")
    shape = entry.get("shape")
    if not isinstance(shape, list) or not all(type(n) is int and n >= 0 for n in shape):
        raise ValueError(f"a shape of {shape!r}")
    return tuple(shape)
