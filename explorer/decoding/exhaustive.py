"""Exhaustive search: every sequence there is. Knows nothing of models and words.

The books' |Y|ᵀ: level by level, every continuation of every prefix is a node of the tree. It is for
scorers of a few tokens, and refuses any other before it begins.
"""

import math
from time import perf_counter
from typing import Generic, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray

from explorer.decoding.growing import Asked, Growing, Numbers
from explorer.decoding.ranking import check
from explorer.decoding.scorer import S, Scorer
from explorer.decoding.tree import FATES, Bill, SearchTree
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
) -> SearchTree:
    """Score every sequence of at most ``max_length`` tokens.

    Args:
        scorer: Gives the probabilities. A token of probability 0 is not in the space.
        source: What is decoded.
        max_length: The greatest number of tokens, the ending one included.
        alpha: The exponent of the length that totals are divided by.
        width: How many hypotheses `n_best` gives.

    Raises:
        ExplorerError: There are more than `MOST` prefixes, or the width, the length or alpha is
            none that a search can have.
    """
    check(width=width, alpha=alpha, max_length=max_length)
    search = _Search(scorer, source, max_length=max_length)
    level: _Level[S] | None = search.begun
    while level is not None:
        level = search.next(level)
    finished = search.nodes["fate"] == FATES.index("finished")
    return search.nodes.tree(
        Asked("exhaustive", width, alpha, max_length, scorer.end),
        stopped="nothing left",
        best=None if finished.any() else search.longest(),
        gap=0.0 if finished.any() else math.inf,
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

    def __init__(self, scorer: Scorer[Source, S], source: Source, *, max_length: int) -> None:
        self.scorer, self.max_length = scorer, max_length
        self.started = perf_counter()
        self.nodes = Growing(scorer.begin)
        self.calls = self.read = self.scored = 0
        self.begun = _Level(np.array([0]), np.array([0.0]), scorer.start([source]))

    def next(self, level: _Level[S]) -> _Level[S] | None:
        """All continuations of a level's prefixes, if any of them goes on."""
        parts = []
        for start in range(0, len(level.numbers), BATCH):
            rows = np.arange(start, min(start + BATCH, len(level.numbers)))
            parts.append(self._read_on(level, rows))
        numbers, totals, states = zip(*parts, strict=True)
        going = np.concatenate(numbers)
        if not len(going):
            return None
        if self.nodes["step"][going[0]] == self.max_length:
            self.nodes.set(going, "pruned", reason="length")
            return None
        return _Level(going, np.concatenate(totals), states[0].joined(states[1:]))

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
        goes = words != self.scorer.end
        self.nodes.set(numbers[~goes], "finished")
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

    def longest(self) -> int:
        """The likeliest prefix of those that were cut, where nothing ended."""
        cut = self.nodes["step"] == self.nodes["step"].max()
        return int(np.where(cut, self.nodes["total"], -np.inf).argmax())

    def bill(self) -> Bill:
        return Bill(self.calls, self.read, self.scored, perf_counter() - self.started)


def _written(size: int) -> str:
    """A number in full if it is short, as a power of ten if it is not."""
    return f"{size:,}" if size < 10**9 else f"10^{len(str(size)) - 1}"
