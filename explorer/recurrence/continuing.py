"""Tells whether a call of a module goes on where the one before it ended, and counts its steps.

A call goes on if the state that it is given is what the call before returned, number for number.
Its sequences may stand in another order, some may be left out and some may be there twice, as in a
beam search. It knows nothing of what is computed.
"""

from collections.abc import Hashable

import numpy as np

from explorer.recurrence.cells import State


class Continuing:
    """The steps of the sequence that each of several modules is in."""

    def __init__(self) -> None:
        self._ended: dict[Hashable, tuple[frozenset[bytes], int]] = {}

    def first(self, module: Hashable, start: State | None) -> int:
        """The number of a call's first step; 0 if it begins a new sequence.

        Args:
            module: Which module is called.
            start: The state that it is given, (L D, B, H) per part; None if none is.
        """
        sequences, steps = self._ended.get(module, (frozenset(), 0))
        return steps if start is not None and _sequences(start) <= sequences else 0

    def end(self, module: Hashable, state: State, steps: int) -> None:
        """A call returned this state, which is ``steps`` after its sequence began."""
        self._ended[module] = _sequences(state), steps


def _sequences(state: State) -> frozenset[bytes]:
    """The state of each sequence."""
    B = state[0].shape[1]
    parts = [part.swapaxes(0, 1).reshape(B, part.size // max(B, 1)) for part in state]
    return frozenset(row.tobytes() for row in np.concatenate(parts, axis=1))
