"""A search tree while a search grows it: rows are appended, and their fates written into them."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.decoding.ranking import penalties
from explorer.decoding.tree import (
    FATES,
    NODE,
    REASONS,
    Bill,
    Fate,
    Reason,
    SearchTree,
    Stopped,
    Strategy,
)

Numbers = NDArray[np.int64]

_FIRST = 64
"""Rows that are allocated at first."""


@dataclass(frozen=True)
class Settings:
    """What a search was asked for; see `SearchTree`."""

    strategy: Strategy
    width: int
    alpha: float
    max_length: int
    end: int


class TreeBuilder:
    """Nodes in the order in which they are looked at; number 0 is the empty prefix.

    Args:
        settings: What the search was asked for.
        begin: The token that is read before the first one.
    """

    def __init__(self, settings: Settings, *, begin: int) -> None:
        self.settings = settings
        self._worth = np.array(penalties(settings.max_length, settings.alpha))
        self._rows, self._size = np.zeros(_FIRST, NODE), 1
        self["parent"][0], self["token"][0], self["below"][0] = -1, begin, np.nan
        self["fate"][0] = FATES.index("open")

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, column: str) -> NDArray[Any]:
        return self._rows[column][: self._size]

    @property
    def memory(self) -> int:
        """Bytes of the rows, and of the tree that they become."""
        return self._rows.nbytes + NODE.itemsize * self._size

    def add(
        self,
        parents: ArrayLike,
        tokens: ArrayLike,
        *,
        log_probs: ArrayLike,
        totals: ArrayLike,
        call: int,
        fate: Fate,
        ranks: ArrayLike = 0,
    ) -> Numbers:
        """Append nodes, (N,) of everything, or one value for all of them.

        Args:
            parents: The numbers of the prefixes that they continue.
            tokens: Their last tokens.
            log_probs: Of these tokens, given those before.
            totals: The sums of the log-probabilities of all their tokens.
            call: The decoder call that gave them.
            fate: What is known of them by then.
            ranks: Among all candidates of their step.

        Returns:
            Their numbers, (N,).
        """
        parents = np.asarray(parents, np.int64)
        first = self._reserve(len(parents))
        added = self._rows[first : self._size]
        added["parent"] = parents
        added["token"] = tokens
        added["step"] = steps = self._rows["step"][parents] + 1
        added["log_prob"] = log_probs
        added["total"] = totals
        added["score"] = added["total"] / self._worth[steps]
        added["call"] = added["decided"] = call
        added["rank"] = ranks
        added["fate"] = FATES.index(fate)
        added["reason"] = 0
        added["below"] = np.nan
        return np.arange(first, self._size)

    def decide(
        self,
        numbers: Numbers,
        fate: Fate,
        *,
        call: int,
        reason: Reason = "",
        below: ArrayLike = np.nan,
    ) -> None:
        """Write what became of nodes, and the decoder call at which that was decided."""
        rows = self._rows
        rows["fate"][numbers] = FATES.index(fate)
        rows["decided"][numbers] = call
        if fate == "pruned":
            rows["reason"][numbers] = REASONS.index(reason)
            rows["below"][numbers] = below

    def graft(self, other: SearchTree, number: int, *, call: int) -> None:
        """Append what is missing here of the prefix ``number`` of another tree."""
        here = 0
        for node in other.path(number):
            same = (self["parent"] == here) & (self["token"] == node.token)
            if same.any():
                here = int(same.argmax())
                continue
            (here,) = self.add(
                [here],
                [node.token],
                log_probs=[node.log_prob],
                totals=[node.total],
                call=call,
                fate="finished" if node.ended else "open",
            ).tolist()

    def tree(self, *, stopped: Stopped, gap: float, bill: Bill, call: int) -> SearchTree:
        """The tree at the end of the search; what is open stays so.

        Args:
            stopped: Why the search ended.
            gap: As in the tree.
            bill: What it cost.
            call: The last decoder call: it decided what is best and what stays open.
        """
        nodes, best = self._rows[: self._size].copy(), self._best()
        tree = SearchTree(
            **asdict(self.settings), stopped=stopped, best=best, gap=gap, bill=bill, nodes=nodes
        )
        nodes["fate"][best] = FATES.index("best")
        nodes["reason"][best] = REASONS.index(tree.unfinished or "")
        last = (nodes["fate"] == FATES.index("open")) | (nodes["fate"] == FATES.index("best"))
        nodes["decided"][last] = call
        nodes.flags.writeable = False
        return tree

    def _best(self) -> int:
        """The finished node of the highest score; without one, the likeliest of the longest."""
        finished = np.flatnonzero(self["fate"] == FATES.index("finished"))
        if len(finished):
            return int(finished[self["score"][finished].argmax()])
        longest = np.flatnonzero(self["step"] == self["step"].max())
        return int(longest[self["total"][longest].argmax()])

    def _reserve(self, more: int) -> int:
        """Make room for ``more`` nodes after those that are there; the number of the first."""
        first, self._size = self._size, self._size + more
        if self._size > len(self._rows):
            grown = np.zeros(max(2 * len(self._rows), self._size), NODE)
            grown[:first] = self._rows[:first]
            self._rows = grown
        return first
