"""Beam search for one source, recorded as a tree. Knows nothing of models and words.

It is the loop of `beam.py`, watched: what it finds is what `beam_search` finds. Greedy search is a
beam of width 1.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from explorer.decoding.beam import Look, Stopping, beam_search, order
from explorer.decoding.ranking import SLACK, check, gap, penalties
from explorer.decoding.scorer import S, Scorer
from explorer.decoding.tree import FATES, Bill, SearchTree, Stopped, Strategy
from explorer.decoding.tree_builder import Asked, Growing, Numbers

Source = TypeVar("Source")
Flags = NDArray[np.bool_]
Totals = NDArray[np.float64]

KEPT, FINISHED = FATES.index("kept"), FATES.index("finished")

PRUNED = 5
"""Pruned candidates of every step that the tree keeps, the best of them."""


def greedy(
    scorer: Scorer[Source, S], source: Source, *, max_length: int, alpha: float = 0.0
) -> SearchTree:
    """Take the likeliest token at every step: a beam of width 1."""
    return _search(scorer, source, 1, max_length, alpha, "first k", "greedy")


def beam(
    scorer: Scorer[Source, S],
    source: Source,
    *,
    width: int,
    max_length: int,
    alpha: float = 0.0,
    stopping: Stopping = "first k",
) -> SearchTree:
    """Keep the best ``width`` prefixes at every step.

    The tree proves its best optimal if no candidate that was dropped, and none that was left when
    the search stopped, could have become better.

    Args:
        scorer: Gives the probabilities.
        source: What is decoded.
        width: k, prefixes kept.
        max_length: The greatest number of tokens, the ending one included.
        alpha: The exponent of the length that totals are divided by.
        stopping: When the search stops.

    Raises:
        ExplorerError: The width, the length or alpha is none that a search can have.
    """
    return _search(scorer, source, width, max_length, alpha, stopping, "beam")


def _search(
    scorer: Scorer[Source, S],
    source: Source,
    width: int,
    max_length: int,
    alpha: float,
    stopping: Stopping,
    strategy: Strategy,
) -> SearchTree:
    check(width=width, alpha=alpha, max_length=max_length)
    looks: list[Look] = []
    started = perf_counter()
    ((best, *_),) = beam_search(
        scorer,
        [source],
        width=width,
        lengths=[max_length],
        alpha=alpha,
        stopping=stopping,
        watch=looks.append,
        spare=PRUNED,
    )
    seen = _Seen.of(looks, scorer.end, width=width)
    nodes = Growing(scorer.begin)
    numbers = _add(nodes, seen)
    _settle(nodes, seen, numbers, max_length=max_length)
    score = best.score if best.finished else -math.inf
    bound = seen.bound(max_length=max_length, alpha=alpha)
    return nodes.tree(
        Asked(strategy, width, alpha, max_length, scorer.end),
        stopped=_stopped(nodes, seen, (width, stopping, max_length)),
        best=None if best.finished else nodes.longest(),
        gap=gap(score, [bound], slack=SLACK / max_length**alpha),
        bill=_bill(nodes, looks, perf_counter() - started),
    )


@dataclass(frozen=True)
class _Seen:
    """All looks of a search for one source, (T, C) of everything.

    Args:
        came: Whether there was such a candidate; the others are none.
        goes: Whether it went on.
        pruned: Whether it neither went on nor was finished.
        order: The candidates that the beam held next, those that went on first.
        more: Whether a step had candidates below these, (T,).
    """

    totals: Totals
    log_probs: Totals
    parents: Numbers
    tokens: Numbers
    came: Flags
    ends: Flags
    goes: Flags
    pruned: Flags
    order: Numbers  # (T, k)
    more: Flags
    width: int

    @classmethod
    def of(cls, looks: Sequence[Look], end: int, *, width: int) -> "_Seen":
        totals = _stacked([look.totals for look in looks], -math.inf)
        tokens = _stacked([look.tokens for look in looks], -1).astype(np.int64)
        came, ends = np.isfinite(totals), tokens == end
        goes = came & ~ends & (np.cumsum(~ends, 1) <= width)
        finished = came & ends & (np.arange(totals.shape[1]) < width)
        sizes = [look.totals.size for look in looks]
        scored = [look.prefixes * look.vocabulary for look in looks]
        return cls(
            totals=totals,
            log_probs=_stacked([look.log_probs for look in looks], -math.inf),
            parents=_stacked([look.parents for look in looks], 0).astype(np.int64),
            tokens=tokens,
            came=came,
            ends=ends,
            goes=goes,
            pruned=came & ~goes & ~finished,
            order=order(ends, width),
            more=(came.sum(1) == sizes) & (np.array(sizes) < scored),
            width=width,
        )

    def bound(self, *, max_length: int, alpha: float) -> float:
        """What the best of all that the search did not follow is worth at most."""
        worth = np.array(penalties(max_length, alpha))
        steps = np.arange(1, len(self.totals) + 1)
        ended = self._best(self.pruned & self.ends)
        lowest = np.where(self.more, self._lowest(self.came), -math.inf)
        left = [np.maximum(ended, lowest) / worth[steps]]
        left += [self._best(self.pruned & ~self.ends)[steps < max_length] / worth[-1]]
        if len(steps) < max_length:
            left += [self._best(self.goes)[-1:] / worth[-1]]
        return float(np.concatenate(left).max())

    def cuts(self) -> Totals:
        """What a candidate had to reach: to be finished if it ends, and to go on if it does not."""
        last = np.minimum(self.width, self.came.sum(1)) - 1
        finished = self.totals[np.arange(len(last)), last]
        return np.where(self.ends, finished[:, None], self._lowest(self.goes)[:, None])

    def _best(self, which: Flags) -> Totals:
        """The greatest total of each step among ``which``, (T,); −inf if there is none."""
        best: Totals = np.where(which, self.totals, -math.inf).max(1)
        return best

    def _lowest(self, which: Flags) -> Totals:
        """The least, (T,); inf if there is none."""
        lowest: Totals = np.where(which, self.totals, math.inf).min(1)
        return lowest


def _stacked(columns: Sequence[NDArray[Any]], filler: float) -> Totals:
    """The only rows of (1, C) arrays under each other, (T, C) with the greatest C."""
    stacked = np.full((len(columns), max(column.size for column in columns)), filler)
    for row, column in zip(stacked, columns, strict=True):
        row[: column.size] = column[0]
    return stacked


def _add(nodes: Growing, seen: _Seen) -> Numbers:
    """Add the candidates that a tree keeps; the numbers of all, (T, C), −1 for the others."""
    T, C = seen.totals.shape
    shown = seen.came & (~seen.pruned | (np.cumsum(seen.pruned, 1) <= PRUNED))
    numbers = np.where(shown, np.cumsum(shown).reshape(T, C), -1)
    every = np.arange(T)[:, None]
    rows = np.zeros_like(seen.order)  # the nodes that the beam held before each step
    rows[1:] = numbers[every, seen.order][:-1]
    steps = np.broadcast_to(every + 1, (T, C))[shown]
    nodes.add(
        rows[every, seen.parents][shown],
        seen.tokens[shown],
        log_probs=seen.log_probs[shown],
        totals=seen.totals[shown],
        call=steps,
        fate="open",
        ranks=np.broadcast_to(np.arange(1, C + 1), (T, C))[shown],
        steps=steps,
    )
    return numbers


def _settle(nodes: Growing, seen: _Seen, numbers: Numbers, *, max_length: int) -> None:
    """Say what became of all."""
    nodes.set(np.array([0]), "kept")
    nodes.set(numbers[:-1][seen.goes[:-1]], "kept")
    nodes.set(numbers[seen.came & seen.ends & ~seen.pruned], "finished")
    pruned = seen.pruned & (numbers >= 0)
    below = seen.cuts()[pruned] - seen.totals[pruned]
    nodes.set(numbers[pruned], "pruned", reason="rank", below=below)
    if len(seen.totals) == max_length:
        nodes.set(numbers[-1][seen.goes[-1]], "pruned", reason="length")


def _stopped(nodes: Growing, seen: _Seen, rules: tuple[int, Stopping, int]) -> Stopped:
    width, stopping, max_length = rules
    if not seen.goes[-1].any():
        return "nothing left"
    enough = stopping == "first k" and (nodes["fate"] == FINISHED).sum() >= width
    return "greatest length" if len(seen.totals) == max_length and not enough else stopping


def _bill(nodes: Growing, looks: Sequence[Look], seconds: float) -> Bill:
    """Every prefix that was read on was kept; those beside it in the batch cost nothing here."""
    read = int((nodes["fate"] == KEPT).sum())
    return Bill(len(looks), read, read * looks[0].vocabulary, seconds)
