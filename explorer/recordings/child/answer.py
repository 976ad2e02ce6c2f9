"""Answers one request, in a process with little to lose."""

import json
import sys
from collections.abc import Mapping
from typing import Any

import h5py
import numpy as np

from .bounds import ADDRESS_SPACE, SECONDS, RefusedError
from .declared import entries
from .values import part


def answer(content: bytes, request: Mapping[str, Any]) -> bytes:
    """What is written out: the length of a JSON, the JSON, and the values as float32."""
    values: list[np.ndarray] = []
    try:
        said, values = _answered(content, request)
    except RefusedError as refused:
        said = {"refused": refused.why, "place": refused.place}
    except MemoryError:
        said = {"refused": "too much", "place": ""}
    except Exception:  # what h5py raises of a damaged file is of every kind
        said = {"refused": "damaged", "place": ""}
    head = json.dumps(said).encode()
    return b"".join([len(head).to_bytes(8, "little"), head, *(one.tobytes() for one in values)])


def _answered(
    content: bytes, request: Mapping[str, Any]
) -> tuple[dict[str, Any], list[np.ndarray]]:
    if not content.startswith(b"\x89HDF\r\n\x1a\n"):
        raise RefusedError("version 3" if content.startswith(b"CDF") else "no netCDF")
    with h5py.File(h5py.h5f.open_file_image(content), "r") as file:
        if request:
            return part(file, **request)
        return {"entries": [vars(entry) for entry in entries(file)]}, []


def _bound() -> None:
    """Little memory, little time, no file written, none left behind."""
    try:
        import resource
    except ImportError:  # not on Windows, where the time alone is bounded, from outside
        return
    for what, most in (
        (resource.RLIMIT_AS, ADDRESS_SPACE),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main() -> None:
    """Answers the request that stands last in the command, of the file that comes in."""
    _bound()
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read(), json.loads(sys.argv[-1])))
