"""Work on batches of passages, in this process or in several."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from explorer.unit_analysis.passages import Passage

W = TypeVar("W")
T = TypeVar("T")
Batch = tuple[Passage, ...]

BATCH = 16
"""Passages that are read together."""


class Each(Protocol):
    """Does one piece of work on every batch, and gives what comes of it in the batches' order.

    What comes of several batches may be given as one, their sum.
    """

    def __call__(
        self, function: Callable[[W, Batch], T], shared: W, batches: Iterable[Batch]
    ) -> Iterator[T]:
        """``function(shared, batch)`` of each batch; ``shared`` is the same for all."""


def here(function: Callable[[W, Batch], T], shared: W, batches: Iterable[Batch]) -> Iterator[T]:
    """One after another, in this process."""
    return (function(shared, batch) for batch in batches)
