"""The frontier of a best-first search: the open prefixes, their totals, and their states.

Where too many prefixes wait, the least likely of them are let go, and so is what comes later and is
no likelier: half as many wait then. The greatest total that one of these may have had is known.
"""

import math
from typing import Generic

import numpy as np
from numpy.typing import NDArray

from explorer.decoding.frontier_states import FrontierStates
from explorer.decoding.scorer import S
from explorer.decoding.tree_builder import Numbers

Totals = NDArray[np.float64]


class Frontier(Generic[S]):
    """Open prefixes as columns, (F,) of each; at first the empty one, node 0.

    Args:
        state: Of the empty prefix.
        most: How many may wait.
    """

    def __init__(self, state: S, *, most: int) -> None:
        self.most = most
        self.numbers = np.array([0])  # of nodes
        self.totals = np.array([0.0])
        self.rows = np.array([0])  # of states: the one that each node's last token is read in
        self.states = FrontierStates(state)
        self.let_go = -math.inf  # the greatest total that a prefix let go may have had

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def memory(self) -> int:
        """Bytes of the columns and the states."""
        columns = (self.numbers, self.totals, self.rows)
        return self.states.memory + sum(column.nbytes for column in columns)

    def take(self, most: int) -> tuple[Numbers, Totals, S]:
        """The likeliest, taken out: their numbers, totals and states."""
        best = np.arange(len(self))
        if len(self) > most:
            best = np.sort(np.argpartition(self.totals, -most)[-most:])
        taken = self.numbers[best], self.totals[best], self.states.take(self.rows[best])
        others = np.ones(len(self), bool)
        others[best] = False
        self._only(others)
        return taken

    def drop(self, floor: float) -> tuple[Numbers, Totals]:
        """Take out what has a total below the floor: the numbers, and how far they are below it."""
        lost = self.totals < floor
        dropped = self.numbers[lost], floor - self.totals[lost]
        self._only(~lost)
        return dropped

    def admit(self, totals: Totals) -> NDArray[np.bool_] | None:
        """Which prefixes with these totals, (N,), may wait, too; None for all of them."""
        if len(self) + len(totals) <= self.most:
            return None
        both, half = np.concatenate([self.totals, totals]), self.most // 2
        self.let_go = -float(np.partition(-both, half)[half])
        self._only(self.totals > self.let_go)
        return totals > self.let_go

    def open(self, numbers: Numbers, totals: Totals, parents: Numbers, state: S) -> None:
        """Let prefixes wait.

        Args:
            numbers: Of their nodes, (N,).
            totals: Their totals, (N,).
            parents: The row of ``state`` of what each continues, (N,), rising.
            state: Of these.
        """
        new = np.ones(len(parents), bool)
        new[1:] = parents[1:] > parents[:-1]
        rows = self.states.add(state, parents[new], waiting=self.rows)
        self.numbers = np.concatenate([self.numbers, numbers])
        self.totals = np.concatenate([self.totals, totals])
        self.rows = np.concatenate([self.rows, rows[np.cumsum(new) - 1]])

    def _only(self, places: NDArray[np.bool_]) -> None:
        self.numbers, self.totals, self.rows = (
            column[places] for column in (self.numbers, self.totals, self.rows)
        )
