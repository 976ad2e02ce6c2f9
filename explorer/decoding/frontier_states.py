"""The states of the prefixes that wait to be read on.

A row gets a number that it keeps. Additions are small parts; now and then parts are made into one,
and rows that nobody waits for any more are left out of it, so that memory follows what is waiting.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Generic

import numpy as np
import torch

from explorer.decoding.memory import state_bytes
from explorer.decoding.scorer import S
from explorer.decoding.tree_builder import Numbers

PARTS = 32
"""Parts are made into one when there are more."""


@dataclass(frozen=True)
class _Part(Generic[S]):
    state: S
    numbers: Numbers  # (N,) of its rows, rising

    @cached_property
    def memory(self) -> int:
        """Bytes."""
        return state_bytes(self.state)


class FrontierStates(Generic[S]):
    """Rows of states by number.

    Args:
        state: Of one prefix, which gets the number 0.
    """

    def __init__(self, state: S) -> None:
        self._parts = [_Part(state, np.array([0]))]
        self._next = 1

    @property
    def memory(self) -> int:
        """Bytes of the states that are held."""
        return sum(part.memory for part in self._parts)

    def add(self, state: S, rows: Numbers, *, waiting: Numbers) -> Numbers:
        """Take the ``rows``, (N,), rising, of a state in.

        Args:
            state: Of at least as many prefixes.
            rows: Those that are wanted.
            waiting: The numbers of all other rows that are still waited for.

        Returns:
            Their numbers, (N,), rising.
        """
        numbers = np.arange(self._next, self._next + len(rows))
        self._next += len(rows)
        if len(rows):
            self._parts.append(_Part(state.select(torch.from_numpy(rows)), numbers))
        if len(self._parts) > PARTS:
            self._join(np.unique(np.concatenate([waiting, numbers])))
        return numbers

    def take(self, numbers: Numbers) -> S:
        """The state of the rows ``numbers``, (N,), in that order; a number may come twice."""
        wanted, places = np.unique(numbers, return_inverse=True)
        state = self._gathered(wanted).state
        if len(wanted) == len(numbers) and (places[1:] > places[:-1]).all():
            return state
        return state.select(torch.from_numpy(places))

    def _join(self, waiting: Numbers) -> None:
        self._parts = [self._gathered(waiting)]

    def _gathered(self, wanted: Numbers) -> _Part[S]:
        """The rows ``wanted``, rising, as one part."""
        # A later part has greater numbers, so those of each part stand together.
        firsts = np.searchsorted(wanted, [part.numbers[0] for part in self._parts])
        states = []
        for part, own in zip(self._parts, np.split(wanted, firsts[1:]), strict=True):
            rows = np.searchsorted(part.numbers, own)
            if len(rows) == len(part.numbers):
                states.append(part.state)
            elif len(rows):
                states.append(part.state.select(torch.from_numpy(rows)))
        first, *others = states
        return _Part(first.joined(others) if others else first, wanted)
