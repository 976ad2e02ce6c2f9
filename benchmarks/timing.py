"""Fair timing on a shared machine: interleaved calls, medians, and one way to print them.

Import this before NumPy or torch: it holds their linear algebra to one thread each, and NumPy
reads its setting only once. It knows nothing of what it times.
"""

import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from statistics import median

from explorer.experiments.timing import taken_in_turns

for _library in ("OPENBLAS", "MKL", "OMP"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")


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


@dataclass(frozen=True)
class Rate:
    """How much of something is done in a second.

    Attributes:
        name: What is counted, and who does it.
        per_second: How many of them.
    """

    name: str
    per_second: float


Result = Timing | Difference | Rate


def interleave(calls: Mapping[str, Callable[[], object]], *, rounds: int) -> dict[str, float]:
    """The median time of each call, in milliseconds; the calls take turns."""
    taken = taken_in_turns(calls, rounds=rounds)
    return {name: 1e3 * median(seconds) for name, seconds in taken.items()}


def report(results: Iterable[Result], *, as_json: bool) -> None:
    """Prints each result as it arrives: one JSON object per line, or one row of a table."""
    if not as_json:
        print(f"{'':44}{'ours ms':>10}{'peer ms':>10}{'ratio':>8}{'limit':>8}")
    for result in results:
        print(_json(result) if as_json else _row(result), flush=True)


def _json(result: Result) -> str:
    """Every line has the same first four fields, so that a reader of them needs no cases."""
    fields = dict.fromkeys(("name", "ours_ms", "peer_ms", "ratio")) | asdict(result)
    if isinstance(result, Timing):
        fields["ratio"] = result.ratio
    return json.dumps(fields)


def _row(result: Result) -> str:
    if isinstance(result, Difference):
        return f"{result.name:44}{result.difference:>28.1e}{result.limit:>8.0e}"
    if isinstance(result, Rate):
        return f"{result.name:44}{result.per_second:>28.1f}"
    limit = "" if result.limit is None else f"{result.limit:.2f}"
    times = f"{result.ours_ms:>10.2f}{result.peer_ms:>10.2f}"
    return f"{result.name:44}{times}{result.ratio:>8.2f}{limit:>8}"
