"""The nearest of many states to one. Knows nothing of models and sentences."""

from typing import NamedTuple

import numpy as np

from explorer.encoding.states import Array


class Neighbour(NamedTuple):
    """One of the states: its place, and its cosine similarity to the state asked about."""

    place: int
    similarity: float


def nearest(states: Array, state: Array, count: int) -> tuple[Neighbour, ...]:
    """The ``count`` of ``states`` (N, H) with the largest cosine to ``state`` (H,), largest first.

    A state of zeros has no direction; its cosine to any other is taken as 0.
    """
    rows, one = np.asarray(states, dtype=np.float64), np.asarray(state, dtype=np.float64)
    lengths = np.linalg.norm(rows, axis=1) * np.linalg.norm(one)  # (N,)
    cosines = np.divide(rows @ one, lengths, out=np.zeros(len(rows)), where=lengths > 0)
    best = np.argsort(-cosines, kind="stable")[:count]
    return tuple(Neighbour(int(place), float(cosines[place])) for place in best)
