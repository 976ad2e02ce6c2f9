"""Beam search for one source, traced: every step is written into a search tree as it is taken.

It is the loop of `beam.py`, watched: what it finds is what `beam_search` finds. Greedy search is a
beam of width 1.
"""

import math
from time import perf_counter
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from explorer.decoding.beam import BeamStep, Stopping, beam_search
from explorer.decoding.ranking import SLACK, check, gap, penalties
from explorer.decoding.scorer import S, Scorer
from explorer.decoding.tree import Bill, SearchTree, Stopped, Strategy
from explorer.decoding.tree_builder import Settings, TreeBuilder

Source = TypeVar("Source")
Flags = NDArray[np.bool_]

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
    started = perf_counter()
    writer = _Writer(Settings(strategy, width, alpha, max_length, scorer.end), begin=scorer.begin)
    ((best, *_),) = beam_search(
        scorer,
        [source],
        width=width,
        lengths=[max_length],
        alpha=alpha,
        stopping=stopping,
        watch=writer.write,
        spare=PRUNED,
    )
    score = best.score if best.finished else -math.inf
    return writer.nodes.tree(
        stopped=writer.stopped(stopping),
        gap=gap(score, [writer.bound()], slack=SLACK / max_length**alpha),
        bill=Bill(writer.calls, writer.read, writer.scored, perf_counter() - started),
        call=writer.calls,
    )


class _Writer:
    """Writes a search's steps into its tree, and knows how good what it dropped could become."""

    def __init__(self, settings: Settings, *, begin: int) -> None:
        self.settings = settings
        self.nodes = TreeBuilder(settings, begin=begin)
        self.worth = penalties(settings.max_length, settings.alpha)
        self.calls = self.read = self.scored = self.finished = 0
        self.held = np.array([0])  # (R,) the nodes of the beam's rows; −1 for a row that is none
        self.dropped = -math.inf  # what the best of all that was dropped is worth at most
        self.waiting = -math.inf  # the greatest total that the beam holds

    def write(self, step: BeamStep) -> None:
        """Append the candidates that a tree keeps, each with its fate."""
        totals, ends = step.totals[0].astype(np.float64), step.ends[0]  # (C,)
        self._count(step)
        came = np.isfinite(totals)
        goes = np.zeros_like(came)
        goes[step.going[0]] = True
        goes &= came & ~ends
        pruned = came & ~goes & ~step.finished[0]
        numbers = self._append(step, came & (~pruned | (pruned.cumsum() <= PRUNED)))  # (C,)
        self.nodes.decide(numbers[step.finished[0]], "finished", call=self.calls)
        self._prune(numbers, totals, ends=ends, goes=goes, pruned=pruned)
        self._bound(step, totals, ends=ends, pruned=pruned)
        self.held = np.where(goes, numbers, -1)[step.going[0]]
        self.finished += int(step.finished[0].sum())
        self.waiting = float(totals[goes].max(initial=-math.inf))

    def bound(self) -> float:
        """What the best of all that the search did not follow is worth at most."""
        over = self.calls == self.settings.max_length
        return max(self.dropped, -math.inf if over else self.waiting / self.worth[-1])

    def stopped(self, stopping: Stopping) -> Stopped:
        """Why the search ended."""
        if self.waiting == -math.inf:
            return "nothing left"
        enough = stopping == "first k" and self.finished >= self.settings.width
        over = self.calls == self.settings.max_length
        return "greatest length" if over and not enough else stopping

    def _count(self, step: BeamStep) -> None:
        """The beam's prefixes have been read on; rows that are none cost nothing here."""
        held = self.held[self.held >= 0]
        self.calls += 1
        self.read += len(held)
        self.scored += len(held) * step.vocabulary
        self.nodes.decide(held, "kept", call=self.calls)

    def _append(self, step: BeamStep, shown: Flags) -> NDArray[np.int64]:
        """Add the candidates ``shown``, (C,); the numbers of all, −1 for the others."""
        numbers = np.full(len(shown), -1)
        numbers[shown] = self.nodes.add(
            self.held[step.parents[0, shown]],
            step.tokens[0, shown],
            log_probs=step.log_probs[0, shown],
            totals=step.totals[0, shown],
            call=self.calls,
            fate="open",
            ranks=shown.nonzero()[0] + 1,
        )
        return numbers

    def _prune(
        self,
        numbers: NDArray[np.int64],
        totals: NDArray[np.float64],
        *,
        ends: Flags,
        goes: Flags,
        pruned: Flags,
    ) -> None:
        """Say of the pruned how far they were below the cut: to be finished, or to go on."""
        lost = pruned & (numbers >= 0)
        if lost.any():
            last = min(self.settings.width, np.isfinite(totals).sum()) - 1
            cuts = np.where(ends, totals[last], totals[goes].min(initial=math.inf))
            below = (cuts - totals)[lost]
            self.nodes.decide(numbers[lost], "pruned", call=self.calls, reason="rank", below=below)
        if self.calls == self.settings.max_length:
            self.nodes.decide(numbers[goes], "pruned", call=self.calls, reason="length")

    def _bound(
        self, step: BeamStep, totals: NDArray[np.float64], *, ends: Flags, pruned: Flags
    ) -> None:
        """Raise what was dropped to the worth of what this step dropped."""
        came = np.isfinite(totals)
        ended = totals[pruned & ends].max(initial=-math.inf)
        if came.all() and len(came) < step.prefixes * step.vocabulary:
            ended = max(ended, totals.min())  # candidates below these, which no step looks at
        self.dropped = max(self.dropped, float(ended) / self.worth[self.calls])
        if self.calls < self.settings.max_length:
            going = totals[pruned & ~ends].max(initial=-math.inf)
            self.dropped = max(self.dropped, float(going) / self.worth[-1])
