"""Beam search for one source, traced: every step is written into a search tree as it is taken.

It is the loop of `beam.py`, watched: what it finds is what `beam_search` finds. Greedy search is a
beam of width 1.
"""

import math
from time import perf_counter
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from explorer.decoding.beam import BeamStep, Stopping, beam_search
from explorer.decoding.ranking import SLACK, check, gap, penalties
from explorer.decoding.scorer import S, Scorer
from explorer.decoding.tree import Bill, SearchTree, Stopped, Strategy
from explorer.decoding.tree_builder import Numbers, Settings, TreeBuilder

Source = TypeVar("Source")

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


class _Sorted(NamedTuple):
    """One step's candidates for its source, by what the search decided, the best of each first."""

    totals: NDArray[np.float64]  # (C,)
    ends: NDArray[np.bool_]  # (C,)
    real: NDArray[np.bool_]  # (R',) which rows of the beam hold a prefix next
    finished: Numbers
    goes: Numbers
    pruned: Numbers

    @classmethod
    def of(cls, step: BeamStep) -> "_Sorted":
        totals, ends, going = step.totals[0].astype(np.float64), step.ends[0], step.going[0]
        came = np.isfinite(totals)
        finished = step.finished[0].nonzero()[0]
        real = (came & ~ends)[going]
        goes = going[real]
        came[finished] = came[goes] = False
        return cls(totals, ends, real, finished, goes, came.nonzero()[0])

    def best(self, places: Numbers) -> float:
        """The greatest total among ``places``; −inf if there is none."""
        return float(self.totals[places[0]]) if len(places) else -math.inf


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
        some = _Sorted.of(step)
        self._count(step)
        numbers = self._append(step, some)  # (C,)
        self._decide(some, numbers)
        self._bound(step, some)
        self.held = np.where(some.real, numbers[step.going[0]], -1)
        self.finished += len(some.finished)
        self.waiting = some.best(some.goes)

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
        self.scored += len(held) * step.scored.shape[-1]
        self.nodes.decide(held, "kept", call=self.calls)

    def _append(self, step: BeamStep, some: _Sorted) -> Numbers:
        """Add the candidates that are shown; the numbers of all, (C,), −1 for the others."""
        shown = np.sort(np.concatenate([some.finished, some.goes, some.pruned[:PRUNED]]))
        numbers = np.full(len(some.totals), -1)
        numbers[shown] = self.nodes.add(
            self.held[step.parents[0, shown]],
            step.tokens[0, shown],
            log_probs=step.log_probs[0, shown],
            totals=some.totals[shown],
            call=self.calls,
            fate="open",
            ranks=shown + 1,
        )
        return numbers

    def _decide(self, some: _Sorted, numbers: Numbers) -> None:
        """Write what became of them: of the pruned, how far they were below the cut, too."""
        if len(some.finished):
            self.nodes.decide(numbers[some.finished], "finished", call=self.calls)
        pruned = some.pruned[:PRUNED]
        if len(pruned):
            kept = len(some.finished) + len(some.goes)
            last = min(self.settings.width, kept + len(some.pruned)) - 1
            going = some.totals[some.goes[-1]] if len(some.goes) else math.inf
            cuts = np.where(some.ends[pruned], some.totals[last], going)
            below = cuts - some.totals[pruned]
            lost = numbers[pruned]
            self.nodes.decide(lost, "pruned", call=self.calls, reason="rank", below=below)
        if self.calls == self.settings.max_length:
            self.nodes.decide(numbers[some.goes], "pruned", call=self.calls, reason="length")

    def _bound(self, step: BeamStep, some: _Sorted) -> None:
        """Raise what was dropped to the worth of what this step dropped."""
        ends = some.ends[some.pruned]
        ended = some.best(some.pruned[ends])
        last = float(some.totals[-1])
        if last > -math.inf and len(some.totals) < step.scored.numel():
            ended = max(ended, last)  # candidates below these, which no step looks at
        self.dropped = max(self.dropped, ended / self.worth[self.calls])
        if self.calls < self.settings.max_length:
            self.dropped = max(self.dropped, some.best(some.pruned[~ends]) / self.worth[-1])
