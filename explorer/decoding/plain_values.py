"""Numbers as JSON has them, which knows neither infinities nor NaN."""

import math
from typing import Any

from numpy.typing import NDArray


def plain(column: NDArray[Any]) -> list[Any]:
    """A column of a tree as values for JSON."""
    values: list[Any] = column.tolist()
    return values if column.dtype.kind == "i" else [number(value) for value in values]


def number(value: float) -> float | None:
    """The value, or None if it is infinite or NaN."""
    return value if math.isfinite(value) else None
