"""What some viewers cost a server and how long they waited, as a row of a table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.readers import Class, Round, percentile

#: Seconds of thought of a viewer alone, in a small class, and in one of so many or more.
ALONE_S, SMALL_S, LARGE_S, LARGE = 0.5, 2.0, 6.0, 60

#: What is promised of a step on /gru.
KB_LIMIT, PROCESSOR_LIMIT = 10.0, 0.35
ANSWER_LIMITS_MS = {(30, SMALL_S): 400.0, (100, LARGE_S): 600.0}

HEADER = (
    f"{'':32}{'steps':>7}{'kB':>8}{'limit':>7}{'processor ms':>14}{'median ms':>11}{'95 % ms':>9}"
    f"{'limit':>7}{'broken':>8}"
)

Served = tuple[str, Sequence[int]]
"""A server's address, and the numbers of its processes."""


@dataclass(frozen=True)
class Setting:
    """How some viewers of a page read."""

    page: str
    viewers: int
    seconds: float
    thought_s: float

    def of(self, served: Served) -> Class:
        """Such viewers of a server."""
        return Class(*served, self.page, viewers=self.viewers)

    @property
    def name(self) -> str:
        """For the table."""
        return f"{self.page}, {self.viewers} viewer{'s' * (self.viewers > 1)}"


@dataclass(frozen=True)
class Load:
    """What some viewers cost and waited; a figure is None where no step was answered."""

    name: str
    viewers: int
    thought_s: float
    steps: int
    kb: float | None
    kb_limit: float | None
    processor_ms: float | None
    median_ms: float | None
    p95_ms: float | None
    p95_limit_ms: float | None
    broken: int
    troubles: Mapping[str, int]

    @property
    def row(self) -> str:
        """Under HEADER; what broke, below it."""
        shown = (
            f"{self.name:32}{self.steps:>7}{_number(self.kb, 8, 1)}{_number(self.kb_limit, 7)}"
            f"{_number(self.processor_ms, 14, 1)}{_number(self.median_ms, 11)}"
            f"{_number(self.p95_ms, 9)}{_number(self.p95_limit_ms, 7)}{self.broken:>8}"
        )
        return "\n".join([shown, *(f"  {n} × {said}" for said, n in self.troubles.items())])


@dataclass(frozen=True)
class Skipped:
    """What could not be measured here, and why."""

    name: str
    reason: str

    @property
    def row(self) -> str:
        """A sentence."""
        return f"{self.name}: skipped, {self.reason}"


def load_of(rounds: Sequence[Round], setting: Setting, *, name: str, promised: bool) -> Load:
    """What was measured in some rounds, taken together, beside what is promised of it."""
    waits = [1e3 * wait for one in rounds for wait in one.waits_s]
    troubles = Counter(trouble for one in rounds for trouble in one.troubles)
    promised = promised and setting.page == "gru"
    limits = ANSWER_LIMITS_MS if promised else {}
    return Load(
        name=name,
        viewers=setting.viewers,
        thought_s=setting.thought_s,
        steps=len(waits),
        kb=sum(one.received for one in rounds) / 1e3 / len(waits) if waits else None,
        kb_limit=KB_LIMIT if promised else None,
        processor_ms=sum(one.processor_s for one in rounds) * 1e3 / len(waits) if waits else None,
        median_ms=percentile(waits, 50),
        p95_ms=percentile(waits, 95),
        p95_limit_ms=limits.get((setting.viewers, setting.thought_s)),
        broken=troubles.total(),
        troubles=dict(troubles),
    )


def thought_of(viewers: int) -> float:
    """Seconds that each of so many viewers thinks, where nothing else is asked for."""
    return ALONE_S if viewers == 1 else LARGE_S if viewers >= LARGE else SMALL_S


def _number(value: float | None, width: int, digits: int = 0) -> str:
    return " " * width if value is None else f"{value:>{width}.{digits}f}"
