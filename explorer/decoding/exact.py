"""Exact search: best-first branch and bound.

A beam search gives the first bound: the score of the best finished hypothesis so far. A prefix
with total s is worth at most s / Lmaxᵅ (`ranking` says why), so one whose worth stays below the
bound can be dropped with everything that continues it. The others are read on, the likeliest
first, many at once, until none is left. Then the best is proved: every finished sequence was
either scored, or begins with a dropped prefix, whose worth, at least its own score, was below the
bound at that time, and the bound only rises. For α = 0 the worth is s itself; for α > 0 dropping
by a prefix's own score s / tᵅ would be wrong, since a longer sequence may be worth more.

A long Lmax makes the bound loose: with α > 0 a smaller greatest length is a quicker proof. The
order hardly matters for the cost, since every prefix worth more than the optimum has to be read on.
So prefixes are read on in batches, and what is below the bound never becomes a node.

Where the bound lets too many prefixes wait, the least likely of them are let go. A proof is then
only possible once the bound has risen above them.

When a budget ends the search, the most that an open prefix is worth says how much better than the
best found something unseen may be.
"""

import math
from collections.abc import Callable
from time import perf_counter
from typing import Generic, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray

from explorer.decoding.budget import Budget, Progress
from explorer.decoding.frontier import Frontier
from explorer.decoding.ranking import SLACK, check, penalties
from explorer.decoding.scorer import S, Scorer, Started
from explorer.decoding.traced_beam import beam
from explorer.decoding.tree import Bill, SearchTree, Stopped
from explorer.decoding.tree_builder import Numbers, Settings, TreeBuilder

Source = TypeVar("Source")

BATCH = 128
"""Prefixes that are read on at once."""
LARGEST, SHARE = 4, 100
"""Where many wait, a hundredth of them are read on at once, up to so many batches."""
MOST_OPEN = 500_000
OPEN_MEMORY = 1000
"""Prefixes that may wait at once, and bytes of the budget for each. Where more would, only half as
many still wait, the likeliest."""


@torch.inference_mode()
def exact(
    scorer: Scorer[Source, S],
    source: Source,
    *,
    max_length: int,
    alpha: float = 0.0,
    width: int = 5,
    budget: Budget | None = None,
    batch: int = BATCH,
    watch: Callable[[Progress], None] = lambda progress: None,
    stop: Callable[[], bool] = lambda: False,
) -> SearchTree:
    """The best of all sequences of at most ``max_length`` tokens, or how far from it the best is.

    The proof is of the first of `n_best` alone. It holds up to `SLACK` nats of rounding.

    Args:
        scorer: Gives the probabilities, which are a prefix's own whatever else is in the batch.
        source: What is decoded.
        max_length: The greatest number of tokens, the ending one included.
        alpha: The exponent of the length that totals are divided by.
        width: Of the beam that gives the first bound.
        budget: When to stop without a proof; without one, at `USUAL_MEMORY`.
        batch: Prefixes read on at once.
        watch: Told of every batch.
        stop: Asked before every batch whether to stop.

    Raises:
        ExplorerError: The width, the length or alpha is none that a search can have.
    """
    check(width=width, alpha=alpha, max_length=max_length)
    started = perf_counter()
    begun = Started(scorer, scorer.start([source]))
    first = beam(begun, source, width=width, max_length=max_length, alpha=alpha)
    search = _Search(begun, source, first, budget=budget or Budget(), batch=batch, started=started)
    while (stopped := search.stopped(stop)) is None:
        search.expand()
        watch(search.progress())
    return search.tree(stopped)


class _Search(Generic[Source, S]):
    """The tree and the frontier of one search."""

    def __init__(
        self,
        scorer: Scorer[Source, S],
        source: Source,
        first: SearchTree,
        *,
        budget: Budget,
        batch: int,
        started: float,
    ) -> None:
        self.scorer, self.first, self.budget = scorer, first, budget
        self.batch, self.started = batch, started
        self.penalties = np.array(penalties(first.max_length, first.alpha))
        settings = Settings("exact", first.width, first.alpha, first.max_length, scorer.end)
        self.nodes = TreeBuilder(settings, begin=scorer.begin)
        most = int(min(MOST_OPEN, self.budget.memory / OPEN_MEMORY))
        self.open = Frontier(scorer.start([source]), most=most)
        self.scores = self._first_scores()  # of the best ``width`` finished, the best first
        self.calls = self.read = self.scored = 0

    def _first_scores(self) -> NDArray[np.float64]:
        finished = [h.score for h in self.first.n_best if h.finished]
        return np.array(finished + [-math.inf] * (self.first.width - len(finished)))

    @property
    def floor(self) -> float:
        """The least total of a prefix that can still win."""
        return float(self.scores[0] * self.penalties[-1]) - SLACK

    def bound(self) -> float:
        """What the best prefix is worth at most that is open or was let go; −inf if there is none.

        What was let go and is below the floor by now counts no more.
        """
        let_go = self.open.let_go if self.open.let_go >= self.floor else -math.inf
        return float(self.open.totals.max(initial=let_go) / self.penalties[-1])

    def seconds(self) -> float:
        return perf_counter() - self.started

    def progress(self) -> Progress:
        best = float(self.scores[0])
        return Progress(self.read, len(self.open), best, self.bound(), self.seconds())

    def stopped(self, stop: Callable[[], bool]) -> Stopped | None:
        """Why the search ends here, if it does."""
        if not len(self.open):
            if self.bound() > -math.inf:
                return "memory"
            return "proved" if self.scores[0] > -math.inf else "nothing left"
        memory = self.nodes.memory + self.open.memory
        spent = self.budget.spent(nodes=self.read, seconds=self.seconds(), memory=memory)
        return spent or ("asked" if stop() else None)

    def expand(self) -> None:
        """Read the likeliest open prefixes on, and open those of their continuations that count."""
        numbers, totals, state = self.open.take(self._most())
        tokens = torch.from_numpy(self.nodes["token"][numbers].astype(np.int64))
        given, after = self.scorer.step(state, tokens)  # (N, V)
        log_probs = given.cpu().numpy()
        self.calls += 1
        self.read += len(numbers)
        self.scored += log_probs.size
        self.nodes.decide(numbers, "kept", call=self.calls)
        totals = totals.astype(log_probs.dtype)  # so that totals are rounded as in the beam
        self._finish(numbers, totals, log_probs[:, self.scorer.end])
        self._open(numbers, totals, log_probs, after)

    def _most(self) -> int:
        """How many are read on now: choosing among many takes long, so many are chosen at once."""
        many = min(max(len(self.open) // SHARE, self.batch), LARGEST * self.batch)
        return int(min(many, self.budget.nodes - self.read))

    def _finish(
        self, parents: Numbers, totals: NDArray[np.floating], log_probs: NDArray[np.floating]
    ) -> None:
        """Keep the sequences that end here if they are among the best; drop what cannot win now."""
        ended = (totals + log_probs).astype(np.float64)
        scores = ended / self.penalties[self.nodes["step"][parents] + 1]
        good = np.flatnonzero((scores >= self.scores[-1] - SLACK) & np.isfinite(scores))
        if not len(good):
            return
        self.nodes.add(
            parents[good],
            self.scorer.end,
            log_probs=log_probs[good],
            totals=ended[good],
            call=self.calls,
            fate="finished",
        )
        risen = scores[good].max(initial=-math.inf) > self.scores[0]
        known = np.concatenate([self.scores, scores[good]])
        self.scores = -np.sort(-known)[: len(self.scores)]
        if risen:
            lost, below = self.open.drop(self.floor)
            self.nodes.decide(lost, "pruned", call=self.calls, reason="bound", below=below)

    def _open(
        self,
        parents: Numbers,
        totals: NDArray[np.floating],
        log_probs: NDArray[np.floating],
        after: S,
    ) -> None:
        """Add the continuations that can still win; those below the bound never become nodes."""
        lengths = self.nodes["step"][parents] + 1
        rows = np.flatnonzero(lengths < self.first.max_length)  # one longer must have room to end
        least = max(self.floor, self.open.let_go)
        needed = np.maximum(least - totals[rows], np.finfo(log_probs.dtype).min)
        chosen = log_probs if len(rows) == len(log_probs) else log_probs[rows]
        counts = chosen >= needed[:, None].astype(log_probs.dtype)
        counts[:, self.scorer.end] = False
        # Few of many count: looking for them in one long row takes a tenth of the time.
        places, tokens = np.divmod(np.flatnonzero(counts.ravel()), counts.shape[1])
        which = rows[places]  # rising
        added = (totals[which] + log_probs[which, tokens]).astype(np.float64)
        if (kept := self.open.admit(added)) is not None:
            which, tokens, added = which[kept], tokens[kept], added[kept]
        numbers = self.nodes.add(
            parents[which],
            tokens,
            log_probs=log_probs[which, tokens],
            totals=added,
            call=self.calls,
            fate="open",
        )
        self.open.open(numbers, added, which, after)

    def tree(self, stopped: Stopped) -> SearchTree:
        """The tree, with what the beam found and this search did not reach in it."""
        first, bill = self.first, self.first.bill
        for end in (first.best, *first.ranked(first.alpha)[: first.width]):
            self.nodes.graft(first, end, call=self.calls)
        gap = max(0.0, self.bound() - float(self.scores[0]))
        found = self.scores[0] > -math.inf
        return self.nodes.tree(
            stopped=stopped,
            gap=_gap(gap, done=stopped == "proved") if found else math.inf,
            bill=Bill(
                self.calls + bill.decoder_calls,
                self.read + bill.prefixes_read,
                self.scored + bill.continuations_scored,
                self.seconds(),
            ),
            call=self.calls,
        )


def _gap(gap: float, *, done: bool) -> float:
    """Never zero without a proof, though an open prefix may be worth no more than the best."""
    return 0.0 if done else max(gap, SLACK)
