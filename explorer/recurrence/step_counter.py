"""Counts the steps of a sequence over several calls of a module, by the state carried between them.

A call goes on if each state that it is given is one that the call before returned, number for
number, or was itself given: a loop over padded sequences holds those that are over where they are.
At least one must have been returned. Sequences may stand in another order, some may be left out
and some may be there twice, as in a beam search. Zeros alone, as sequences begin with them, must be
what was returned in the computer's memory too.
"""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import torch

from explorer.recurrence.cells import State


@dataclass(frozen=True)
class CarriedState:
    """The state that a call is given, or returns.

    Attributes:
        values: The numbers, (L D, B, H) per part.
        memory: Where its tensors hold them, so that nothing else comes to lie there.
    """

    values: State
    memory: tuple[torch.UntypedStorage, ...] = ()

    def sequences(self) -> frozenset[bytes]:
        """The state of each sequence."""
        B = self.values[0].shape[1]
        parts = [part.swapaxes(0, 1).reshape(B, part.size // max(B, 1)) for part in self.values]
        return frozenset(row.tobytes() for row in np.concatenate(parts, axis=1))

    def is_zero(self) -> bool:
        """Whether nothing tells it from a beginning."""
        return not any(part.any() for part in self.values)

    def lies_in(self, memory: tuple[torch.UntypedStorage, ...]) -> bool:
        """Whether one of its tensors holds its numbers there."""
        places = {storage.data_ptr() for storage in memory}
        return any(storage.data_ptr() in places for storage in self.memory)


@dataclass(frozen=True)
class _Call:
    """What is kept of a call: what it was given and returned, and the steps up to its end."""

    given: frozenset[bytes]
    returned: frozenset[bytes]
    memory: tuple[torch.UntypedStorage, ...]
    steps: int

    def leads_to(self, start: CarriedState) -> bool:
        if start.is_zero() and not start.lies_in(self.memory):
            return False
        sequences = start.sequences()
        return sequences <= self.given | self.returned and not sequences.isdisjoint(self.returned)


class StepCounter:
    """At which step of its sequence each of several modules is."""

    def __init__(self) -> None:
        self._last: dict[Hashable, _Call] = {}

    def first(self, module: Hashable, start: CarriedState | None) -> int:
        """The number of a call's first step; 0 if it begins a new sequence.

        Args:
            module: Which module is called.
            start: The state that it is given; None if none is.
        """
        last = self._last.get(module)
        if last is None or start is None or not last.leads_to(start):
            return 0
        return last.steps

    def count(
        self, module: Hashable, start: CarriedState | None, returned: CarriedState, steps: int
    ) -> int:
        """Counts the steps of a call that is over, and returns the number of its first one."""
        first = self.first(module, start)
        given = frozenset[bytes]() if start is None else start.sequences()
        self._last[module] = _Call(given, returned.sequences(), returned.memory, first + steps)
        return first
