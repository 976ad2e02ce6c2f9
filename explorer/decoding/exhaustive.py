"""Exhaustive search: every sequence there is.

The books' |Y|ᵀ: level by level, every continuation of every prefix is a node of the tree. It is for
scorers of a few tokens, and refuses any other before it begins. Where a budget ends it, or somebody
stops it, the prefixes that were not read on stay open, and the most that one of them is worth says
how much better than the best found something unseen may be.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Generic, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray

from explorer.decoding.budget import Budget, Progress
from explorer.decoding.memory import state_bytes
from explorer.decoding.ranking import SLACK, check, gap, penalties
from explorer.decoding.scorer import S, Scorer
from explorer.decoding.tree import Bill, SearchTree, Stopped
from explorer.decoding.tree_builder import Numbers, Settings, TreeBuilder
from explorer.errors import ExplorerError

Source = TypeVar("Source")

MOST = 1_000_000
"""Prefixes in the largest space that is searched."""
BATCH = 1024


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
    settings = Settings("exhaustive", width, alpha, max_length, scorer.end)
    search = _Search(scorer, source, settings, budget=budget or Budget())
    stopped = search.run(watch, stop)
    return search.nodes.tree(
        stopped=stopped, gap=search.gap(), bill=search.bill(), call=search.calls
    )


def space(tokens: int, max_length: int) -> int:
    """How many prefixes there are of 1 to ``max_length`` of ``tokens`` tokens, one of which ends.

    A sequence goes on after each of the others: Σ m (m − 1)ᵗ⁻¹ over t = 1 … ``max_length``.
    """
    return sum(tokens * (tokens - 1) ** t for t in range(max_length))


@dataclass(frozen=True)
class _Level(Generic[S]):
    """Prefixes of one length that did not end: their nodes, totals, and state."""

    numbers: Numbers  # (N,)
    totals: NDArray[np.floating]  # (N,)
    state: S  # before their last tokens are read

    def __len__(self) -> int:
        return len(self.numbers)


class _Search(Generic[Source, S]):
    """The tree of one search, level by level."""

    def __init__(
        self, scorer: Scorer[Source, S], source: Source, settings: Settings, *, budget: Budget
    ) -> None:
        self.scorer, self.max_length, self.budget = scorer, settings.max_length, budget
        self.penalties = np.array(penalties(settings.max_length, settings.alpha))
        self.started = perf_counter()
        self.nodes = TreeBuilder(settings, begin=scorer.begin)
        self.calls = self.read = self.scored = 0
        self.best = -math.inf  # score of the best finished
        self.level = _Level(np.array([0]), np.array([0.0]), scorer.start([source]))
        self.place = 0  # how much of the level has been read on
        self.parts: list[_Level[S]] = []  # of the next level, a part a batch

    def run(self, watch: Callable[[Progress], None], stop: Callable[[], bool]) -> Stopped:
        """Score all there is, or until something stops it; gives the reason for its end."""
        while len(self.level):
            states = state_bytes(self.level.state)
            while self.place < len(self.level):
                if (stopped := self._stopped(states, stop)) is not None:
                    return stopped
                self._expand()
                states += state_bytes(self.parts[-1].state)
                watch(self.progress())
            self.level, self.place, self.parts = _joined(self.parts), 0, []
        return "nothing left"

    def progress(self) -> Progress:
        waiting = len(self.level) - self.place + sum(map(len, self.parts))
        return Progress(self.read, waiting, self.best, self.bound(), self.seconds())

    def bound(self) -> float:
        """What the best open prefix is worth at most; −inf if none is open."""
        totals = [self.level.totals[self.place :], *(part.totals for part in self.parts)]
        best = max(float(some.max(initial=-math.inf)) for some in totals)
        return best / float(self.penalties[-1])

    def gap(self) -> float:
        """How much higher than the best's the score of what was not scored may be."""
        return gap(self.best, [self.bound()], slack=SLACK / float(self.penalties[-1]))

    def seconds(self) -> float:
        return perf_counter() - self.started

    def _stopped(self, states: int, stop: Callable[[], bool]) -> Stopped | None:
        """Why the search ends here, if it does; its states have so many bytes."""
        memory = self.nodes.memory + states
        spent = self.budget.spent(nodes=self.read, seconds=self.seconds(), memory=memory)
        return spent or ("asked" if stop() else None)

    def _expand(self) -> None:
        """Read the level's next batch on; what may go on is a part of the next level."""
        most = int(min(BATCH, self.budget.nodes - self.read))
        rows = np.arange(self.place, min(self.place + most, len(self.level)))
        parents = self.level.numbers[rows]
        tokens = torch.from_numpy(self.nodes["token"][parents].astype(np.int64))
        given, after = self.scorer.step(self.level.state.select(torch.from_numpy(rows)), tokens)
        log_probs = given.cpu().numpy()  # (N, V)
        self.place += len(rows)
        self.calls += 1
        self.read += len(rows)
        self.scored += log_probs.size
        self.nodes.decide(parents, "kept", call=self.calls)
        places, words = np.isfinite(log_probs).nonzero()
        self._check(len(words) if self.calls == 1 else None)
        own = log_probs[places, words]
        totals = self.level.totals[rows].astype(log_probs.dtype)[places] + own
        numbers = self.nodes.add(
            parents[places], words, log_probs=own, totals=totals, call=self.calls, fate="open"
        )
        goes = self._decide(numbers, totals, ends=words == self.scorer.end)
        state = after.select(torch.from_numpy(places[goes]))
        self.parts.append(_Level(numbers[goes], totals[goes], state))

    def _decide(
        self, numbers: Numbers, totals: NDArray[np.floating], *, ends: NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        """Finish what ends and cut what is at the greatest length; which of them go on, (N,)."""
        self.nodes.decide(numbers[ends], "finished", call=self.calls)
        length = int(self.nodes["step"][numbers].max(initial=0))
        ended = totals[ends].max(initial=-math.inf) / self.penalties[length]
        self.best = max(self.best, float(ended))
        if length < self.max_length:
            return ~ends
        self.nodes.decide(numbers[~ends], "pruned", call=self.calls, reason="length")
        return np.zeros_like(ends)

    def _check(self, tokens: int | None) -> None:
        """Refuse a space that is too large by its first step, or turns out to be."""
        size = space(tokens, self.max_length) if tokens is not None else len(self.nodes)
        if size > MOST:
            raise ExplorerError(
                "There are {size} sequences to score, but exhaustive search scores at most "
                "{most}; allow fewer tokens or a smaller maximum length.",
                size=_written(size),
                most=f"{MOST:,}",
            )

    def bill(self) -> Bill:
        return Bill(self.calls, self.read, self.scored, self.seconds())


def _joined(parts: Sequence[_Level[S]]) -> _Level[S]:
    """The parts of a level, at least one, as one."""
    first, *others = parts
    return _Level(
        np.concatenate([part.numbers for part in parts]),
        np.concatenate([part.totals for part in parts]),
        first.state.joined([other.state for other in others]),
    )


def _written(size: int) -> str:
    """A number in full if it is short, as a power of ten if it is not."""
    return f"{size:,}" if size < 10**9 else f"10^{len(str(size)) - 1}"
