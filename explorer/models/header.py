"""Reads the header of a safetensors file without reading its tensors.

The format (https://github.com/huggingface/safetensors#format): eight bytes with the length of the
header, the header as JSON (name -> dtype, shape, place of the bytes), then the bytes.
"""

from collections.abc import Mapping
from math import prod
from typing import NamedTuple

from explorer.stored import document
from explorer.stored.regular import RegularFile

LIMIT = 1 << 16
"""Bytes; a header of ours has 2 KB, one of the most layers 20 KB."""
_TYPE, _WIDTH = "F16", 2


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


def read(file: RegularFile) -> Header:
    """The header of a file of float16 tensors that has just been opened.

    Raises:
        OSError: The file cannot be read.
        ValueError: The header is too long or malformed, announces numbers of another kind, or the
            bytes that it announces are not exactly those of the file.
    """
    prefix = file.read(8)
    length = int.from_bytes(prefix, "little")
    if not 2 <= length <= LIMIT:
        raise ValueError(f"a header of {length} bytes")
    text = file.read(length)
    shapes = _shapes(document.parse(text))
    announced = _WIDTH * sum(map(prod, shapes.values()))
    if file.size != 8 + length + announced:
        raise ValueError("the file has another size than its header says")
    return Header(prefix + text, shapes, announced)


def _shapes(header: object) -> Mapping[str, tuple[int, ...]]:
    if not isinstance(header, dict):
        raise ValueError("a header that names nothing")
    header.pop("__metadata__", None)
    return {name: _shape(entry) for name, entry in header.items()}


def _shape(entry: object) -> tuple[int, ...]:
    if not isinstance(entry, dict) or entry.get("dtype") != _TYPE:
        raise ValueError("an entry that is not of float16")
    shape = entry.get("shape")
    if not isinstance(shape, list) or not all(type(n) is int and n >= 0 for n in shape):
        raise ValueError(f"a shape of {shape!r}")
    return tuple(shape)
