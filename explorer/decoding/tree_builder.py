"""A search tree while it grows. Knows nothing of the search that grows it."""

from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.decoding.ranking import penalties
from explorer.decoding.tree import (
    FATES,
    REASONS,
    Bill,
    Columns,
    Fate,
    Reason,
    SearchTree,
    Stopped,
    Strategy,
)

_TYPES = {
    "parent": np.int32,
    "token": np.int32,
    "step": np.int32,
    "log_prob": np.float64,
    "total": np.float64,
    "call": np.int32,
    "rank": np.int32,
    "fate": np.int8,
    "reason": np.int8,
    "below": np.float64,
}

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Asked:
    """What a search was asked for; see `SearchTree`."""

    strategy: Strategy
    width: int
    alpha: float
    max_length: int
    end: int


class Growing:
    """Nodes in the order in which they are looked at; number 0 is the empty prefix.

    Args:
        begin: The token that is read before the first one.
    """

    def __init__(self, begin: int) -> None:
        self._size = 1
        self._columns = {name: np.zeros(64, kind) for name, kind in _TYPES.items()}
        for name, value in {"parent": -1, "token": begin, "below": np.nan}.items():
            self[name][0] = value
        self.set(np.array([0]), "open")

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self._columns[name][: self._size]

    @property
    def memory(self) -> int:
        """Bytes of the columns, and of the tree that they become."""
        columns = self._columns.values()
        row = sum(column.itemsize for column in columns) + np.dtype(np.float64).itemsize
        return sum(column.nbytes for column in columns) + row * self._size

    def add(
        self,
        parents: ArrayLike,
        tokens: ArrayLike,
        *,
        log_probs: ArrayLike,
        totals: ArrayLike,
        call: ArrayLike,
        fate: Fate,
        ranks: ArrayLike = 0,
        steps: ArrayLike | None = None,
    ) -> Numbers:
        """Add nodes, (N,) of everything, or one value for all of them.

        The steps follow from the parents', unless some of these are added by the same call.

        Returns:
            Their numbers, (N,).
        """
        parents = np.asarray(parents, np.int64)
        first = self._size
        if steps is None:
            steps = self["step"][parents] + 1
        self._reserve(len(parents))
        given = {
            "parent": parents,
            "token": tokens,
            "step": steps,
            "log_prob": log_probs,
            "total": totals,
            "call": call,
            "rank": ranks,
            "fate": FATES.index(fate),
            "reason": 0,
            "below": np.nan,
        }
        for name, values in given.items():
            self[name][first:] = values
        return np.arange(first, self._size)

    def set(
        self, numbers: Numbers, fate: Fate, *, reason: Reason = "", below: ArrayLike = np.nan
    ) -> None:
        """Say what became of nodes."""
        self["fate"][numbers] = FATES.index(fate)
        self["reason"][numbers] = REASONS.index(reason)
        self["below"][numbers] = below

    def graft(self, other: SearchTree, number: int, *, call: int) -> None:
        """Add what is missing here of the prefix ``number`` of another tree."""
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

    def longest(self) -> int:
        """The likeliest of the longest prefixes: how far a search came that finished nothing."""
        furthest = self["step"] == self["step"].max()
        return int(np.where(furthest, self["total"], -np.inf).argmax())

    def tree(
        self, asked: Asked, *, stopped: Stopped, best: int | None, gap: float, bill: Bill
    ) -> SearchTree:
        """The tree as it stands.

        Args:
            asked: What was asked for.
            stopped: Why the search ended.
            best: The number of the best; None for the finished one of the highest score.
            gap: As in the tree.
            bill: What it cost.
        """
        worth = np.array(penalties(asked.max_length, asked.alpha))[self["step"]]
        columns = Columns(
            **{name: self[name].copy() for name in _TYPES}, score=self["total"] / worth
        )
        tree = SearchTree(
            **asdict(asked), stopped=stopped, best=0, gap=gap, bill=bill, columns=columns
        )
        number = tree.ranked(asked.alpha)[0] if best is None else best
        tree = replace(tree, best=number)
        fates, reasons = columns.fate.copy(), columns.reason.copy()
        fates[number] = FATES.index("best")
        reasons[number] = REASONS.index(tree.unfinished or "")
        return replace(tree, columns=replace(columns, fate=fates, reason=reasons))

    def _reserve(self, more: int) -> None:
        """Room for ``more`` nodes behind those that are there."""
        self._size += more
        room = len(self._columns["parent"])
        if self._size > room:
            for name, old in self._columns.items():
                self._columns[name] = np.zeros(max(2 * room, self._size), old.dtype)
                self._columns[name][:room] = old
