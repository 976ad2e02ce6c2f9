"""What a search may cost at most, and how far one is that may take long."""

import math
import re
from dataclasses import dataclass
from typing import Literal

from explorer.errors import ExplorerError
from explorer.text.numbers import LONGEST, read_decimal

USUAL_MEMORY = 2 * 10**9
"""Bytes that a search may hold where nothing else is said: it fits into any laptop."""
_UNITS = {
    "ms": ("seconds", 0.001),
    "s": ("seconds", 1.0),
    "min": ("seconds", 60.0),
    "MB": ("memory", 1e6),
    "GB": ("memory", 1e9),
}


@dataclass(frozen=True)
class Budget:
    """A search stops before it costs more.

    Args:
        nodes: Prefixes that are read on, at least 1.
        seconds: By the clock, more than 0. A search looks at it between two batches.
        memory: Bytes of the tree and of the states that wait, more than 0. A search looks at it
            between two batches, so what one batch needs comes on top.

    Raises:
        ExplorerError: There is nothing to spend.
    """

    nodes: float = math.inf
    seconds: float = math.inf
    memory: float = USUAL_MEMORY

    def __post_init__(self) -> None:
        if not (self.nodes >= 1 and self.seconds > 0 and self.memory > 0):
            raise ExplorerError(
                "A budget must be at least one prefix, more than 0 seconds and more than 0 bytes."
            )

    def spent(
        self, *, nodes: int, seconds: float, memory: int
    ) -> Literal["nodes", "seconds", "memory"] | None:
        """The first of the limits that is reached; None if none is."""
        if nodes >= self.nodes:
            return "nodes"
        if seconds >= self.seconds:
            return "seconds"
        return "memory" if memory >= self.memory else None

    @classmethod
    def parse(cls, text: str) -> "Budget":
        """The budget that a reader wrote, one limit or several with commas between them.

        A limit is ``5s``, ``500ms`` or ``2min``, ``500MB`` or ``2GB``, or ``20000`` prefixes.

        Raises:
            ExplorerError: It is none of these, or nothing.
        """
        limits: dict[str, float] = {}
        for part in text.split(",") if len(text) <= 4 * LONGEST else [text]:
            try:
                number, unit = _split(part)
            except ValueError:
                raise ExplorerError(
                    "Write a budget as 5s, 500ms, 2min, 500MB or 20000 (a number of prefixes), or "
                    "several of these separated by commas; not “{text}”.",
                    text=text[:LONGEST],
                ) from None
            name, factor = _UNITS.get(unit, ("nodes", 1.0))
            limits[name] = number * factor if unit else math.floor(number)
        return cls(**limits)


@dataclass(frozen=True)
class Progress:
    """How far an exact or exhaustive search is.

    Args:
        read: Prefixes that were read on.
        open: Prefixes that wait.
        best: The score of the best finished hypothesis so far; −inf if there is none.
        bound: What the best open prefix is worth at most.
        seconds: Since the search began.
    """

    read: int
    open: int
    best: float
    bound: float
    seconds: float


def _split(text: str) -> tuple[float, str]:
    """The number and the unit; a ValueError where there is no such pair."""
    pattern = rf"([0-9.]+)\s*(|{'|'.join(_UNITS)})"
    found = re.fullmatch(pattern, text.strip()) if len(text) <= LONGEST else None
    if not found:
        raise ValueError("no budget")
    return read_decimal(found[1]), found[2]
