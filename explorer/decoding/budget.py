"""What a search may cost at most. Knows nothing of searches."""

import math
import re
from dataclasses import dataclass

from explorer.errors import ExplorerError


@dataclass(frozen=True)
class Budget:
    """A search stops before it costs more.

    Args:
        nodes: Prefixes that are read on, at least 1.
        seconds: By the clock, more than 0. A search looks at it between two batches.

    Raises:
        ExplorerError: There is nothing to spend.
    """

    nodes: float = math.inf
    seconds: float = math.inf

    def __post_init__(self) -> None:
        if not (self.nodes >= 1 and self.seconds > 0):
            raise ExplorerError("A budget is at least one prefix and more than 0 seconds.")

    @classmethod
    def parse(cls, text: str) -> "Budget":
        """The budget that a reader wrote: ``5s``, ``500ms``, ``2min``, or ``20000`` prefixes.

        Raises:
            ExplorerError: It is none of these, or nothing.
        """
        match = re.fullmatch(r"\s*([0-9]+(?:\.[0-9]+)?)\s*(|ms|s|min)\s*", text)
        if not match:
            raise ExplorerError(
                "A budget is written like 5s, 500ms, 2min, or 20000 for so many prefixes; "
                "not “{text}”.",
                text=text,
            )
        number, unit = float(match[1]), match[2]
        if not unit:
            return cls(nodes=math.floor(number))
        return cls(seconds=number * {"ms": 0.001, "s": 1.0, "min": 60.0}[unit])
