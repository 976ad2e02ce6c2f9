"""Beam search for one source, recorded as a tree. Knows nothing of models and words.

It is the loop of `beam.py`, watched: what it finds is what `beam_search` finds. Greedy search is a
beam of width 1.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from explorer.decoding.beam import Look, Stopping, beam_search
from explorer.decoding.growing import Asked, Growing, Numbers
from explorer.decoding.ranking import SLACK, check, gap
from explorer.decoding.scorer import S, Scorer
from explorer.decoding.tree import FATES, Bill, SearchTree, Stopped, Strategy

Source = TypeVar("Source")

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
    record = _recorded(looks, scorer, width=width, max_length=max_length)
    left = [bound / max_length**alpha for bound in record.open]
    left += [total / step**alpha for total, step in record.ends]
    score = best.score if best.finished else -math.inf
    return record.nodes.tree(
        Asked(strategy, width, alpha, max_length, scorer.end),
        stopped=_stopped(record, len(looks) == max_length, (width, stopping)),
        best=None if best.finished else record.cut,
        gap=gap(score, left, slack=SLACK / max_length**alpha),
        bill=_bill(record.nodes, looks, perf_counter() - started),
    )


@dataclass(frozen=True)
class _Record:
    """A beam's tree, and the best of what it did not follow.

    Args:
        nodes: The tree.
        rows: The nodes that the beam held in the end.
        open: Totals of prefixes that could have gone on.
        ends: Totals and lengths of sequences that ended too low to be finished.
        cut: The best node of the greatest length that did not end; 0 if there is none.
    """

    nodes: Growing
    rows: Numbers
    open: list[float]
    ends: list[tuple[float, int]]
    cut: int


def _recorded(
    looks: Sequence[Look], scorer: Scorer[Source, S], *, width: int, max_length: int
) -> _Record:
    nodes, rows, cut = Growing(scorer.begin), np.array([0]), 0
    open_: list[float] = []
    ends: list[tuple[float, int]] = []
    for step, look in enumerate(looks, 1):
        nodes.set(rows, "kept")
        seen = _Seen.of(look, scorer.end, width=width)
        numbers = _add(nodes, seen, rows, call=step)
        rows = numbers[seen.order[seen.goes[seen.order]]]
        if step < max_length:
            open_ += seen.totals[seen.pruned & ~seen.ends][:1].tolist()
        elif len(rows):
            cut = int(rows[0])
            nodes.set(rows, "pruned", reason="length")
        lowest = seen.totals[-1:] if seen.more else seen.totals[:0]
        missed = [*seen.totals[seen.pruned & seen.ends][:1].tolist(), *lowest.tolist()]
        ends += [(total, step) for total in missed]
    if len(looks) < max_length:
        open_ += nodes["total"][rows].tolist()
    return _Record(nodes, rows, open_, ends, cut)


@dataclass(frozen=True)
class _Seen:
    """A look at one source, (C,) of everything; candidates that cannot come are left out."""

    totals: NDArray[np.float64]
    log_probs: NDArray[np.float64]
    parents: Numbers
    tokens: Numbers
    order: Numbers  # (R',)
    ends: NDArray[np.bool_]
    goes: NDArray[np.bool_]
    pruned: NDArray[np.bool_]
    cuts: NDArray[np.float64]  # what each had to reach to be finished, or to go on
    more: bool  # whether there were candidates below these

    @classmethod
    def of(cls, look: Look, end: int, *, width: int) -> "_Seen":
        totals = look.totals[0].double().numpy()
        C = int(np.isfinite(totals).sum())  # the best come first, so these are the first C
        tokens, order = look.tokens[0].numpy()[:C], look.order[0].numpy()
        ends, order = tokens == end, order[order < C]
        goes = np.isin(np.arange(C), order) & ~ends
        finished = ends & (np.arange(C) < width)
        lowest = totals[:C][goes].min(initial=np.inf)
        return cls(
            totals=totals[:C],
            log_probs=look.log_probs[0].double().numpy()[:C],
            parents=look.parents[0].numpy()[:C],
            tokens=tokens,
            order=order,
            ends=ends,
            goes=goes,
            pruned=~goes & ~finished,
            cuts=np.where(ends, totals[min(width, C) - 1] if C else 0.0, lowest),
            more=C == len(totals) < look.prefixes * look.vocabulary,
        )


def _add(nodes: Growing, seen: _Seen, rows: Numbers, *, call: int) -> Numbers:
    """Add the candidates that a tree keeps; the numbers of all, −1 for those it does not."""
    ranks = np.arange(1, len(seen.totals) + 1)
    shown = np.flatnonzero(~seen.pruned | (np.cumsum(seen.pruned) <= PRUNED))
    numbers = np.full(len(ranks), -1)
    numbers[shown] = nodes.add(
        rows[seen.parents[shown]],
        seen.tokens[shown],
        log_probs=seen.log_probs[shown],
        totals=seen.totals[shown],
        call=call,
        fate="open",
        ranks=ranks[shown],
    )
    pruned = shown[seen.pruned[shown]]
    below = seen.cuts[pruned] - seen.totals[pruned]
    nodes.set(numbers[pruned], "pruned", reason="rank", below=below)
    nodes.set(numbers[shown[(seen.ends & ~seen.pruned)[shown]]], "finished")
    return numbers


def _stopped(record: _Record, at_length: bool, rules: tuple[int, Stopping]) -> Stopped:
    width, stopping = rules
    if len(record.rows) == 0:
        return "nothing left"
    enough = stopping == "first k" and (record.nodes["fate"] == FINISHED).sum() >= width
    return "greatest length" if at_length and not enough else stopping


def _bill(nodes: Growing, looks: Sequence[Look], seconds: float) -> Bill:
    """Every prefix that was read on was kept; those beside it in the batch cost nothing here."""
    read = int((nodes["fate"] == KEPT).sum())
    return Bill(len(looks), read, read * (looks[0].vocabulary if looks else 0), seconds)
