"""Fair timing on a shared machine: interleaved calls, medians, and one way to print them.

Import this before NumPy or torch: it holds their linear algebra to one thread each, and NumPy
reads its setting only once.
"""

import argparse
import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from statistics import median
from typing import Protocol, TypeVar

from explorer.experiments.timing import taken_in_turns

for _library in ("OPENBLAS", "MKL", "OMP"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")

T = TypeVar("T")

HEADER = f"{'':44}{'ours ms':>10}{'peer ms':>10}{'ratio':>8}{'limit':>8}"


class Result(Protocol):
    """A dataclass that can be printed: ``name`` says what was measured, ``row`` is for a table."""

    name: str

    @property
    def row(self) -> str:
        """One line, under the header of its table."""


@dataclass(frozen=True)
class Timing:
    """Ours against a peer's.

    Attributes:
        name: What was timed, and against what.
        ours_ms: Our median, in milliseconds.
        peer_ms: The peer's median, in milliseconds.
        limit: The ratio that we promise not to exceed, if any.
    """

    name: str
    ours_ms: float
    peer_ms: float
    limit: float | None = None

    @property
    def ratio(self) -> float:
        """How many times the peer's time ours is; below 1 we are faster."""
        return self.ours_ms / self.peer_ms

    @property
    def row(self) -> str:
        """Under HEADER."""
        times = f"{self.ours_ms:>10.2f}{self.peer_ms:>10.2f}"
        return f"{self.name:44}{times}{self.ratio:>8.2f}{_limit(self.limit):>8}"


@dataclass(frozen=True)
class Difference:
    """How far our numbers are from a reference's.

    Attributes:
        name: What was compared.
        difference: The greatest absolute difference.
        limit: What we promise not to exceed.
    """

    name: str
    difference: float
    limit: float

    @property
    def row(self) -> str:
        """Under HEADER."""
        return f"{self.name:44}{self.difference:>28.1e}{self.limit:>8.0e}"


@dataclass(frozen=True)
class Rate:
    """How much of something is done in a second.

    Attributes:
        name: What is counted, and who does it.
        per_second: How many of them.
    """

    name: str
    per_second: float

    @property
    def row(self) -> str:
        """Under HEADER."""
        return f"{self.name:44}{self.per_second:>28.1f}"


@dataclass(frozen=True)
class Ratio:
    """How many times another number one is.

    Attributes:
        name: Which numbers.
        ratio: The one divided by the other.
        limit: What we promise not to exceed, if anything.
    """

    name: str
    ratio: float
    limit: float | None = None

    @property
    def row(self) -> str:
        """Under HEADER."""
        return f"{self.name:64}{self.ratio:>8.2f}{_limit(self.limit):>8}"


@dataclass(frozen=True)
class Measured:
    """A number and what it is of."""

    name: str
    value: float
    unit: str

    @property
    def row(self) -> str:
        """Needs no header."""
        return f"{self.name:36}{self.value:>10.2f} {self.unit}"


def interleave(calls: Mapping[str, Callable[[], object]], *, rounds: int) -> dict[str, float]:
    """The median time of each call, in milliseconds; the calls take turns."""
    taken = taken_in_turns(calls, rounds=rounds)
    return {name: 1e3 * median(seconds) for name, seconds in taken.items()}


def in_turns(calls: Mapping[str, Callable[[], T]], *, rounds: int) -> dict[str, list[T]]:
    """What each call gave in every round; in each round the calls take turns, in another order."""
    found: dict[str, list[T]] = {name: [] for name in calls}
    order, shuffle = list(calls), Random(0).shuffle
    for _round in range(rounds):
        shuffle(order)
        for name in order:
            found[name].append(calls[name]())
    return found


def checkout(text: str) -> Path:
    """Reads an option that names a checkout of the app.

    Raises:
        argparse.ArgumentTypeError: There is no app in it.
    """
    folder = Path(text)
    if not (folder / "app.py").exists():
        raise argparse.ArgumentTypeError(f"there is no app.py in {folder}")
    return folder


def report(results: Iterable[Result], *, as_json: bool, header: str = HEADER) -> None:
    """Prints each result as it arrives: one JSON object per line, or one row of a table."""
    if header and not as_json:
        print(header)
    for result in results:
        print(_json(result) if as_json else result.row, flush=True)


def _json(result: Result) -> str:
    """Every line has the same first four fields, so that a reader of them needs no cases."""
    fields = dict.fromkeys(("name", "ours_ms", "peer_ms", "ratio")) | asdict(result)
    if isinstance(result, Timing):
        fields["ratio"] = result.ratio
    return json.dumps(fields)


def _limit(limit: float | None) -> str:
    return "" if limit is None else f"{limit:.2f}"
