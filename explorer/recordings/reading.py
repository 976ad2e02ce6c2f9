"""What a recording's file holds, wherever it comes from; torch-free.

The file is read by `explorer/recordings/child` in a process of its own: a crash of the C library
ends that process, and is a sentence here.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Semaphore
from types import MappingProxyType
from typing import Any

import numpy as np
import xarray as xr

from explorer.errors import ExplorerError
from explorer.recurrence.quantities import DIMS, QUANTITIES

MOST_MEGABYTES = 50
"""Of a file."""
_SECONDS = 30  # on a machine that is busy; the processor's time is bounded inside
_ENDED_BY_LIMITS = (9, 24)  # SIGKILL and SIGXCPU
_HOME = Path(__file__).parent  # of the package `child`
_RUN = (
    "import sys; sys.path.insert(0, sys.argv[1]); import child; del sys.path[0]; "
    "from child.answer import main; main()"
)
_TURNS = Semaphore(2)  # files read at once


@dataclass(frozen=True)
class Entry:
    """One trace of a file.

    Attributes:
        path: Where it stands in the file.
        module: The name of the module; "" where the file gives none.
        cell: The kind of cell, as the trace names it; may be any text.
        quantities: The names of its variables.
        left_out: Variables that are not shown: those of a projected state have other units.
        sizes: Of the five dimensions of a trace.
        renumbered: The dimensions that are numbered anew, since the file is a cut of a trace.
    """

    path: str
    module: str
    cell: str
    quantities: tuple[str, ...]
    left_out: tuple[str, ...]
    sizes: Mapping[str, int]
    renumbered: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """Some steps of one sequence of a trace.

    Attributes:
        first: The number of the first of them in the sequence.
        length: Steps of the whole sequence.
        tokens: What stands at each of them; their numbers where the file does not say it.
        numbered: Whether it does not.
        trace: Their values, over (layer, direction, batch, step, unit) with batch 1.
        bad: Values that are infinite or no numbers; they are 0 in the trace.
    """

    first: int
    length: int
    tokens: tuple[str, ...]
    numbered: bool
    trace: xr.Dataset
    bad: int


def contents(content: bytes) -> tuple[Entry, ...]:
    """The traces of a file that `explorer.write` or xarray wrote, at least one.

    Args:
        content: The file.

    Raises:
        ExplorerError: It is no such file, or has more than it may.
    """
    said, _values = _asked(content, {})
    return tuple(_entry(given) for given in said["entries"])


def read(content: bytes, entry: Entry, *, sequence: int = 0, first: int = 0, most: int) -> Part:
    """Steps of one sequence of a trace.

    Args:
        content: The file.
        entry: One of its traces.
        sequence: The number of the sequence in its batch.
        first: The first step; where the sequence is shorter, its last steps are read.
        most: So many steps at most.

    Raises:
        ExplorerError: As for `contents`, or the sequence has no steps.
    """
    request = {"path": entry.path, "sequence": sequence, "first": first, "most": most}
    said, values = _asked(content, request)
    begin, length, shape = int(said["first"]), int(said["length"]), tuple(said["shape"])
    if not length:
        raise ExplorerError("This sequence has no steps.")
    numbers = np.frombuffer(values, np.float32).reshape(len(entry.quantities), *shape)
    named = dict(zip(entry.quantities, numbers, strict=True))
    tokens = said["tokens"]
    if tokens is None:
        tokens = [str(step) for step in range(begin, begin + shape[3])]
    return Part(
        first=begin,
        length=length,
        tokens=tuple(tokens),
        numbered=said["tokens"] is None,
        trace=xr.Dataset(
            {name: (DIMS, named[name]) for name in _ordered(entry)}, attrs={"cell": entry.cell}
        ),
        bad=int(said["bad"]),
    )


def _entry(given: Mapping[str, Any]) -> Entry:
    return Entry(
        path=given["path"],
        module=given["module"] or given["path"].strip("/"),
        cell=given["cell"],
        quantities=tuple(given["quantities"]),
        left_out=tuple(given["left_out"]),
        sizes=MappingProxyType(given["sizes"]),
        renumbered=tuple(given["renumbered"]),
    )


def _ordered(entry: Entry) -> tuple[str, ...]:
    """The quantities in the book's order, the others behind them."""
    known = QUANTITIES.get(entry.cell, ())
    return (
        *(name for name in known if name in entry.quantities),
        *(name for name in entry.quantities if name not in known),
    )


def _asked(content: bytes, request: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    """What the child answers."""
    if len(content) > MOST_MEGABYTES << 20:
        raise ExplorerError(
            "The file has {size} bytes; the limit is {most}.",
            size=len(content),
            most=MOST_MEGABYTES << 20,
        )
    try:
        with _TURNS:
            done = subprocess.run(
                [sys.executable, "-I", "-c", _RUN, str(_HOME), json.dumps(request)],
                input=content,
                capture_output=True,
                timeout=_SECONDS,
                env=_environment(),
                check=False,
            )
    except subprocess.TimeoutExpired:
        raise _refusal("too much", "") from None
    if -done.returncode in _ENDED_BY_LIMITS:
        raise _refusal("too much", "")
    size = int.from_bytes(done.stdout[:8], "little")
    if done.returncode or len(done.stdout) < 8 + size:
        raise _refusal("damaged", "")
    said: dict[str, Any] = json.loads(done.stdout[8 : 8 + size])
    if "refused" in said:
        raise _refusal(said["refused"], said["place"])
    return said, done.stdout[8 + size :]


def _environment() -> dict[str, str]:
    """What the child needs: threads cost address space, and plug-ins of HDF5 are code."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return {**kept, "OPENBLAS_NUM_THREADS": "1", "HDF5_PLUGIN_PRELOAD": "::"}


def _refusal(why: str, place: str) -> ExplorerError:
    match why:
        case "no netCDF":
            return ExplorerError(
                "This is not a recording: a netCDF file is needed, as explorer.write, gatescope "
                "record or a trace’s to_netcdf writes it."
            )
        case "version 3":
            return ExplorerError(
                "This is netCDF of version 3: write it again with explorer.write, or with "
                "to_netcdf(…, engine=…) for h5netcdf or netcdf4."
            )
        case "no trace":
            return ExplorerError(
                "There is no trace in this file: no variable has both steps and units."
            )
        case "no numbers":
            return ExplorerError("In this file {place} does not hold real numbers.", place=place)
        case "links":
            return ExplorerError(
                "This file refers to other places or files ({place}); none of them is followed.",
                place=place,
            )
        case "filters":
            return ExplorerError(
                "This file is compressed in a way that is not read ({place}): only HDF5’s own "
                "gzip, shuffle and checksums are.",
                place=place,
            )
        case "shapes":
            return ExplorerError(
                "The shapes in this file do not fit together: {place}.", place=place
            )
        case "large":
            return ExplorerError(
                "{place} has more numbers than are read from a file: keep fewer units, layers or "
                "sequences.",
                place=place,
            )
        case "groups":
            return ExplorerError("This file has too many groups, or they are nested too deeply.")
        case "text":
            return ExplorerError("This file has a name or a token that is too long or unusable.")
        case "too much":
            return ExplorerError("This file was not read: it takes too much time or memory.")
    return ExplorerError("This file cannot be read: it is damaged.")
