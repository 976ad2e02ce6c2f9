"""What a logarithmic axis is marked with."""

import math
from collections.abc import Iterable

_MANY = 5  # powers of ten, on an axis that has room for six numbers


def even_ticks(values: Iterable[float]) -> list[float]:
    """One and three of every power of ten that the values reach, which lie at even distances.

    Vega writes 1, 2, 3, 10 and leaves a gap.
    """
    powers = [math.log10(value) for value in values if 0 < value < math.inf]
    if not powers:
        return []
    first, last = math.floor(min(powers)), math.ceil(max(powers))
    within = (1, 3) if last - first < _MANY else (1,)
    return [by * 10.0**n for n in range(first, last) for by in within] + [10.0**last]
