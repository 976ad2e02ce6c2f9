"""The search tree: every prefix that a search looked at, what became of it, and what was found.

The nodes are rows of one structured array, so a tree of a million prefixes stays small; `Node` is
one row as Python values. They stand in the order in which the search looked at them, the empty
prefix first.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

import explorer
from explorer.decoding.hypothesis import Hypothesis
from explorer.decoding.ranking import SLACK, penalties

Strategy = Literal["greedy", "beam", "exhaustive", "exact"]
Stopped = Literal[
    "nothing left",
    "greatest length",
    "first k",
    "nothing can win",
    "proved",
    "nodes",
    "seconds",
    "memory",
    "asked",
    "not known",
]
"""Why a search ended: no prefix was left; at the greatest length; by the beam's stopping rule; with
a proof; at a budget of prefixes or seconds; at its bound on memory; because it was asked to. Of one
that another program ran it is not known."""

Unfinished = Literal["length", "dead end", "stopped"]
"""Why the best of a search has not ended: it was cut at the greatest length; no continuation of it
is allowed; the search was stopped before anything was finished."""

Fate = Literal["kept", "pruned", "finished", "best", "open"]
"""Kept: its continuations were scored. Open: they could have been, but the search had ended."""
FATES: tuple[Fate, ...] = ("kept", "pruned", "finished", "best", "open")

Reason = Literal["", "rank", "bound", "length", "dead end", "stopped"]
"""Why a prefix was pruned: others ranked higher; it could no longer win; it was at the greatest
length and had not ended. And why the best has not ended, as `Unfinished` has it."""
REASONS: tuple[Reason, ...] = ("", "rank", "bound", "length", "dead end", "stopped")


@dataclass(frozen=True)
class Bill:
    """What a search cost.

    Args:
        decoder_calls: How often the scorer was asked for a step, for many prefixes at once.
        prefixes_read: Prefixes whose continuations it gave, over all calls.
        continuations_scored: Probabilities that it gave: prefixes read × tokens.
        seconds: By the clock.
    """

    decoder_calls: int
    prefixes_read: int
    continuations_scored: int
    seconds: float


NODE = np.dtype(
    [
        ("parent", np.int32),
        ("token", np.int32),
        ("step", np.int32),
        ("log_prob", np.float64),
        ("total", np.float64),
        ("score", np.float64),
        ("call", np.int32),
        ("decided", np.int32),
        ("rank", np.int32),
        ("fate", np.int8),
        ("reason", np.int8),
        ("below", np.float64),
    ],
    align=True,
)
"""A node of a tree; `Node` says what each column is. ``fate`` and ``reason`` are places in `FATES`
and `REASONS`, and the empty prefix's parent is −1."""


@dataclass(frozen=True)
class Node:
    """A prefix that a search looked at: one row of a tree.

    Args:
        number: Its place in the order of looking; 0 is the empty prefix.
        parent: The number of the prefix that it continues; None of the empty one.
        token: Its last token.
        step: How many tokens it has.
        log_prob: Of its last token, given those before; natural logarithm.
        total: The sum of the log-probabilities of all its tokens.
        score: total / stepᵅ; 0 of the empty prefix.
        call: The decoder call that gave its probability, from 1; 0 of the empty prefix.
        decided: The decoder call at which its fate was decided; the search's last one of the best
            and of those that are open.
        rank: Among all candidates of its step by total, from 1; 0 where a search ranks none.
        fate: What became of it.
        reason: Why it was pruned, "" if it was not.
        below: How far its total was below the cut when it was pruned, nats; NaN if it was not, or
            for its length.
        ended: Whether its last token is the one that ends a sequence.
    """

    number: int
    parent: int | None
    token: int
    step: int
    log_prob: float
    total: float
    score: float
    call: int
    decided: int
    rank: int
    fate: Fate
    reason: Reason
    below: float
    ended: bool


@dataclass(frozen=True, eq=False)
class SearchTree:
    """Every prefix that a search looked at, and what it found.

    Args:
        strategy: Which search.
        stopped: Why it ended.
        width: Of the beam; for the searches without one, hypotheses that `n_best` gives at most.
        alpha: The exponent of the length that totals are divided by.
        max_length: The most tokens of a sequence, its end included.
        end: The token that ends one.
        best: The number of the node of the best hypothesis; where nothing was finished, of the
            likeliest of the longest prefixes.
        gap: How much higher than the best's the score of an unseen sequence may be: 0 if none is
            higher, infinite if nothing was finished.
        bill: What it cost.
        nodes: The prefixes, (N,) of `NODE`; it cannot be written to.
        words: What tokens of the tree are called, if the scorer calls them anything.
    """

    strategy: Strategy
    stopped: Stopped
    width: int
    alpha: float
    max_length: int
    end: int
    best: int
    gap: float
    bill: Bill
    nodes: NDArray[np.void]
    words: Mapping[int, str] = field(default_factory=dict)

    @property
    def proved_optimal(self) -> bool:
        """Whether no sequence within the greatest length has a higher score than the best."""
        return self.gap == 0

    @property
    def unfinished(self) -> Unfinished | None:
        """Why the best has not ended; None if it has."""
        best = self[self.best]
        if best.ended:
            return None
        if best.step == self.max_length:
            return "length"
        return "dead end" if self.stopped == "nothing left" else "stopped"

    @property
    def proved_length(self) -> int:
        """The greatest length L such that no sequence of at most L tokens has a higher score.

        Exact search that stops at its budget has scored every sequence but those that begin with a
        prefix that is open, or with one that it dropped because no length would make it win. The
        gap bounds what is left: a total of at most T, where T / Lmaxᵅ is the best's score and the
        gap. With L tokens that is worth at most T / Lᵅ. As long as this is below the best's score,
        nothing of so many tokens is better.

        The ending token counts. It is the greatest length if the best is proved; 0 if no length is,
        which it never is with α = 0 before the search is done. Of exact search alone: a beam's gap
        is not of prefixes alone.
        """
        best = self.n_best[0]
        if self.proved_optimal or not best.finished:
            return self.max_length if self.proved_optimal else 0
        worth = penalties(self.max_length, self.alpha)
        left = (best.score + self.gap) * worth[-1]
        lost = [left < best.score * one - SLACK for one in worth[1:]]  # true, then false
        return sum(lost)

    def __len__(self) -> int:
        return len(self.nodes)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """What a notebook shows of it, as ``explorer.show`` does."""
        return dict(explorer.show(self)._repr_mimebundle_())

    def __getitem__(self, number: int) -> Node:
        if not 0 <= number < len(self):
            raise IndexError(f"a tree of {len(self)} prefixes has no number {number}")
        row = dict(zip(NODE.fields or (), self.nodes[number].item(), strict=True))
        row["number"], row["parent"] = number, row["parent"] if number else None
        row["fate"], row["reason"] = FATES[row["fate"]], REASONS[row["reason"]]
        return Node(**row, ended=number > 0 and row["token"] == self.end)

    def __iter__(self) -> Iterator[Node]:
        return (self[number] for number in range(len(self)))

    def path(self, number: int) -> tuple[Node, ...]:
        """The nodes from the first token to ``number``, without the empty prefix."""
        return tuple(self[node] for node in self._path(number))

    def tokens(self, number: int) -> tuple[int, ...]:
        """The tokens of a prefix, without the one that ends it."""
        tokens = self.nodes["token"][self._path(number)].tolist()
        return tuple(tokens[:-1] if self.end in tokens[-1:] else tokens)

    def _path(self, number: int) -> list[int]:
        numbers = []
        while number > 0:
            numbers.append(number)
            number = int(self.nodes["parent"][number])
        return numbers[::-1]

    def children(self, number: int) -> tuple[Node, ...]:
        """The continuations of a prefix that were looked at, in that order."""
        return tuple(self[int(n)] for n in np.flatnonzero(self.nodes["parent"] == number))

    def word(self, token: int) -> str:
        """What a token is called; its number if it has no name."""
        return self.words.get(token, str(token))

    @property
    def finished(self) -> NDArray[np.int64]:
        """The numbers of the finished hypotheses, (F,), in the order of looking."""
        nodes, fates = self.nodes, [FATES.index("finished"), FATES.index("best")]
        ended = (nodes["token"] == self.end) & (nodes["step"] > 0)
        return np.flatnonzero(np.isin(nodes["fate"], fates) & ended)

    def hypothesis(self, number: int) -> Hypothesis:
        """The prefix ``number`` as a hypothesis."""
        node = self[number]
        return Hypothesis(self.tokens(number), node.total, node.score, node.ended)

    @property
    def n_best(self) -> tuple[Hypothesis, ...]:
        """The best hypotheses, at most ``width``, the best first; a prefix if none ended."""
        numbers = self.ranked(self.alpha)[: self.width]
        return tuple(self.hypothesis(n) for n in numbers or (self.best,))

    def ranked(self, alpha: float) -> tuple[int, ...]:
        """The numbers of the finished hypotheses, the best first, by total / Lᵅ with this α.

        Only what the search finished is ranked: with this α it might have finished others.
        """
        found = self.finished
        rows = self.nodes[found]
        worth = rows["total"] / np.array(penalties(self.max_length, alpha))[rows["step"]]
        return tuple(int(n) for n in found[np.argsort(-worth, kind="stable")])
