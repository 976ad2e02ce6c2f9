"""What every search answers to one sentence: beams of many widths, and exact search."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from explorer.decoding.beam import Stopping
from explorer.decoding.budget import Budget
from explorer.decoding.exact import exact
from explorer.decoding.hypothesis import Hypothesis
from explorer.decoding.ranking import SLACK
from explorer.decoding.reranking import reranked, rescored
from explorer.decoding.traced_beam import beam
from explorer.decoding.tree import Bill, SearchTree
from explorer.search.text_search import TextSearch


@dataclass(frozen=True)
class Answer:
    """What one search found, under one α.

    Args:
        width: Of the beam; None for exact search.
        alpha: The exponent of the length that it was ranked by.
        best: The best hypothesis; one that has not ended is held against nothing.
        text: As a text.
        bill: What the search cost. A beam looks at the same prefixes whatever α is, so the bill of
            one search stands beside each α.
        proved: The greatest length within which nothing has a higher score, as exact search says
            it; 0 for a beam.
        longest: The greatest length that was searched.
    """

    width: int | None
    alpha: float
    best: Hypothesis
    text: str
    bill: Bill
    proved: int
    longest: int

    @property
    def proved_optimal(self) -> bool:
        """Whether it is the best of all that were searched for."""
        return self.proved == self.longest

    def misses(self, known: float) -> bool:
        """Whether something of the score ``known`` is better, by more than rounding.

        What was cut is judged neither way: neither does it miss anything, nor does it find it.
        """
        return self.best.finished and known > self.best.score + self._slack

    def finds(self, known: float) -> bool:
        """Whether its best has the score ``known``, within rounding, or a higher one."""
        return self.best.finished and known <= self.best.score + self._slack

    @property
    def _slack(self) -> float:
        return SLACK / float(self.longest**self.alpha)


def best_known(answers: Iterable[Answer]) -> float:
    """The highest score of all that ended; −inf if nothing did."""
    return max((a.best.score for a in answers if a.best.finished), default=-math.inf)


def beam_answers(
    asked: TextSearch, width: int, alphas: Sequence[float], *, stopping: Stopping = "first k"
) -> tuple[Answer, ...]:
    """What a beam answers under each α: one search, ranked anew for each.

    Under the rule "nothing can win", when that is does depend on α: then give one α alone.

    Raises:
        ExplorerError: The width or an alpha is none that a search can have.
    """
    tree = beam(
        asked.scorer,
        asked.source,
        width=width,
        max_length=asked.max_length,
        alpha=alphas[0],
        stopping=stopping,
    )
    found = [(*reranked([tree], alpha), rescored(tree.n_best[0], alpha)) for alpha in alphas]
    return tuple(
        _answer(asked, best, tree, alpha)
        for (best, *_others), alpha in zip(found, alphas, strict=True)
    )


def exact_answer(
    asked: TextSearch,
    alpha: float,
    *,
    budget: Budget,
    stop: Callable[[], bool] = lambda: False,
) -> Answer:
    """What exact search answers within a budget."""
    tree = exact(
        asked.scorer,
        asked.source,
        max_length=asked.max_length,
        alpha=alpha,
        budget=budget,
        stop=stop,
    )
    return _answer(asked, tree.n_best[0], tree, alpha, proved=tree.proved_length)


def _answer(
    asked: TextSearch, best: Hypothesis, tree: SearchTree, alpha: float, *, proved: int = 0
) -> Answer:
    width = tree.width if tree.strategy == "beam" else None
    return Answer(
        width, alpha, best, asked.written(best), tree.bill, proved, longest=tree.max_length
    )


def every_answer(
    asked: TextSearch, widths: Sequence[int], alphas: Sequence[float], *, seconds: float
) -> Iterator[Answer]:
    """The answers of all beams, then those of exact search, one an α."""
    for width in widths:
        yield from beam_answers(asked, width, alphas)
    for alpha in alphas:
        yield exact_answer(asked, alpha, budget=Budget(seconds=seconds))
