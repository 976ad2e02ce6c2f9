"""How far a search is that may take long. Knows nothing of searches."""

from dataclasses import dataclass


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
