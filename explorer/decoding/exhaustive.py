"""Exhaustive search: every sequence there is. Knows nothing of models and words.

The books' |Y|ᵀ: level by level, every continuation of every prefix is a node of the tree. It is for
scorers of a few tokens, and refuses any other before it begins. Where a budget ends it, or somebody
stops it, the prefixes that were not read on stay open, and the most that one of them is worth says
how much better than the best found something unseen may be.
"""

import math
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Generic, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray

from explorer.decoding.budget import Budget
from explorer.decoding.memory import held
from explorer.decoding.progress import Progress
from explorer.decoding.ranking import SLACK, check, gap, penalties
from explorer.decoding.scorer import S, Scorer
from explorer.decoding.tree import FATES, Bill, SearchTree, Stopped
from explorer.decoding.tree_builder import Asked, Growing, Numbers
from explorer.errors import ExplorerError

Source = TypeVar("Source")

MOST = 1_000_000
"""Prefixes in the largest space that is searched."""
BATCH = 1024
OPEN, FINISHED = FATES.index("open"), FATES.index("finished")


@torch.inference_mode()
def exhaustive(
    scorer: Scorer[Source, S],
    source: Source,
    *,
    max_length: int,
    alpha: float = 0.0,
    width: int = 5,
    budget: Budget | None = None,
    watch: Callable[[Progress], None] = lambda progress: None,
    stop: Callable[[], bool] = lambda: False,
) -> SearchTree:
    """Score every sequence of at most ``max_length`` tokens.

    Args:
        scorer: Gives the probabilities. A token of probability 0 is not in the space.
        source: What is decoded.
        max_length: The greatest number of tokens, the ending one included.
        alpha: The exponent of the length that totals are divided by.
        width: How many hypotheses `n_best` gives.
        budget: When to stop before all is scored; without one, at `USUAL_MEMORY`.
        watch: Told of every batch.
        stop: Asked before every batch whether to stop.

    Raises:
        ExplorerError: There are more than `MOST` prefixes, or the width, the length or alpha is
            none that a search can have.
    """
    check(width=width, alpha=alpha, max_length=max_length)
    search = _Search(scorer, source, max_length=max_length, alpha=alpha)
    stopped = search.run(budget or Budget(), watch, stop)
    found = (search.nodes["fate"] == FINISHED).any()
    return search.nodes.tree(
        Asked("exhaustive", width, alpha, max_length, scorer.end),
        stopped=stopped,
        best=None if found else search.nodes.longest(),
        gap=search.gap(),
        bill=search.bill(),
    )


def space(tokens: int, max_length: int) -> int:
    """How many prefixes there are of 1 to ``max_length`` of ``tokens`` tokens, one of which ends.

    A sequence goes on after each of the others: Σ m (m − 1)ᵗ⁻¹ over t = 1 … ``max_length``.
    """
    return sum(tokens * (tokens - 1) ** t for t in range(max_length))


class _Level(Generic[S]):
    """All prefixes of one length that did not end."""

    def __init__(self, numbers: Numbers, totals: NDArray[np.floating], state: S) -> None:
        self.numbers = numbers  # (N,) of nodes
        self.totals = totals  # (N,)
        self.state = state  # before their last tokens are read


class _Search(Generic[Source, S]):
    """The tree of one search, level by level."""

    def __init__(
        self, scorer: Scorer[Source, S], source: Source, *, max_length: int, alpha: float
    ) -> None:
        self.scorer, self.max_length = scorer, max_length
        self.penalties = np.array(penalties(max_length, alpha))
        self.started = perf_counter()
        self.nodes = Growing(scorer.begin)
        self.calls = self.read = self.scored = 0
        self.best = -math.inf  # score of the best finished
        self.begun = _Level(np.array([0]), np.array([0.0]), scorer.start([source]))

    def run(
        self, budget: Budget, watch: Callable[[Progress], None], stop: Callable[[], bool]
    ) -> Stopped:
        """Score all there is, or until something stops it; gives the reason for its end."""
        level: _Level[S] | None = self.begun
        while level is not None:
            parts: list[tuple[Numbers, NDArray[np.floating], S]] = []
            begin, states = 0, held(level.state)
            while begin < len(level.numbers):
                if (stopped := self._stopped(budget, states, stop)) is not None:
                    return stopped
                end = begin + int(min(BATCH, budget.nodes - self.read))
                rows = np.arange(begin, min(end, len(level.numbers)))
                parts.append(self._read_on(level, rows))
                states += held(parts[-1][-1])
                watch(self.progress())
                begin = end
            level = self._next(parts)
        return "nothing left"

    def progress(self) -> Progress:
        waiting = int((self.nodes["fate"] == OPEN).sum())
        return Progress(self.read, waiting, self.best, self.bound(), self.seconds())

    def bound(self) -> float:
        """What the best open prefix is worth at most; −inf if none is open."""
        totals = self.nodes["total"][self.nodes["fate"] == OPEN]
        return float(totals.max(initial=-math.inf) / self.penalties[-1])

    def gap(self) -> float:
        """How much higher than the best's the score of what was not scored may be."""
        return gap(self.best, [self.bound()], slack=SLACK / float(self.penalties[-1]))

    def seconds(self) -> float:
        return perf_counter() - self.started

    def _stopped(self, budget: Budget, states: int, stop: Callable[[], bool]) -> Stopped | None:
        """Why the search ends here, if it does; its states have so many bytes."""
        if self.read >= budget.nodes:
            return "nodes"
        if self.seconds() >= budget.seconds:
            return "seconds"
        if self.nodes.memory + states >= budget.memory:
            return "memory"
        return "asked" if stop() else None

    def _next(self, parts: Sequence[tuple[Numbers, NDArray[np.floating], S]]) -> _Level[S] | None:
        """The level of what its parts, batches of the one before, go on with, if anything does."""
        numbers, totals, states = zip(*parts, strict=True)
        if not any(map(len, numbers)):
            return None
        joined = states[0].joined(states[1:])
        return _Level(np.concatenate(numbers), np.concatenate(totals), joined)

    def _read_on(self, level: _Level[S], rows: Numbers) -> tuple[Numbers, NDArray[np.floating], S]:
        """Those that go on of all continuations of some prefixes, and their state."""
        parents = level.numbers[rows]
        tokens = torch.from_numpy(self.nodes["token"][parents].astype(np.int64))
        given, after = self.scorer.step(level.state.select(torch.from_numpy(rows)), tokens)
        log_probs = given.cpu().numpy()  # (N, V)
        self.nodes.set(parents, "kept")
        self.calls += 1
        self.read += len(rows)
        self.scored += log_probs.size
        places, words = np.isfinite(log_probs).nonzero()
        self._check(len(words) if self.calls == 1 else None)
        own = log_probs[places, words]
        totals = level.totals[rows].astype(log_probs.dtype)[places] + own
        numbers = self.nodes.add(
            parents[places], words, log_probs=own, totals=totals, call=self.calls, fate="open"
        )
        length = int(self.nodes["step"][parents[0]]) + 1
        ends = words == self.scorer.end
        self.nodes.set(numbers[ends], "finished")
        ended = totals[ends].max(initial=-math.inf) / self.penalties[length]
        self.best = max(self.best, float(ended))
        if length == self.max_length:
            self.nodes.set(numbers[~ends], "pruned", reason="length")
        goes = ~ends if length < self.max_length else np.zeros_like(ends)
        return numbers[goes], totals[goes], after.select(torch.from_numpy(places[goes]))

    def _check(self, tokens: int | None) -> None:
        """Refuse a space that is too large by its first step, or turns out to be."""
        size = space(tokens, self.max_length) if tokens is not None else len(self.nodes["step"])
        if size > MOST:
            raise ExplorerError(
                "There are {size} sequences to score, and exhaustive search scores {most} at most; "
                "fewer tokens or a smaller greatest length make fewer.",
                size=_written(size),
                most=f"{MOST:,}",
            )

    def bill(self) -> Bill:
        return Bill(self.calls, self.read, self.scored, self.seconds())


def _written(size: int) -> str:
    """A number in full if it is short, as a power of ten if it is not."""
    return f"{size:,}" if size < 10**9 else f"10^{len(str(size)) - 1}"
