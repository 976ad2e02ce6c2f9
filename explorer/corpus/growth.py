"""How a vocabulary grows while a text is read."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

_POINTS = 60


@dataclass(frozen=True)
class Curve:
    """Distinct tokens met against tokens read, P points, the last at the text's end.

    Attributes:
        read: Tokens read so far, rising.
        seen: How many different ones there were among them.
    """

    read: tuple[int, ...]
    seen: tuple[int, ...]


def growth(tokens: Iterable[str], *, points: int = _POINTS) -> Curve:
    """The growth of a text's vocabulary (Heaps' law), at places that are even on a logarithm.

    Args:
        tokens: In the order of reading.
        points: How many places at most.
    """
    known: set[str] = set()
    new: list[int] = []  # the places at which a token is met for the first time
    count = 0
    for token in tokens:
        if token not in known:
            known.add(token)
            new.append(count)
        count += 1
    read = _places(count, points)
    seen = np.searchsorted(np.array(new, dtype=np.int64), read, side="left")
    return Curve(tuple(read.tolist()), tuple(seen.tolist()))


def _places(count: int, points: int) -> np.ndarray:
    if not count:
        return np.zeros(0, dtype=np.int64)
    return np.unique(np.geomspace(1, count, points).round().astype(np.int64))
