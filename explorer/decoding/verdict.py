"""Whose fault it is that a search did not return a reference: the search's, or the model's.

A *search error*: something scores higher than what the search returned. A *model error*: the model
prefers what was returned to the reference. Both can be true at once. Neither is said of an output
that was cut, which has no score yet, nor of a reference longer than any output may be, which no
search under these rules could return.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from explorer.decoding.beam import Stopping
from explorer.decoding.hypothesis import Hypothesis
from explorer.decoding.ranking import SLACK
from explorer.decoding.reference_rank import (
    ReferenceRank,
    kept_by,
    least_width,
    rank_reference,
    token_log_probs,
)
from explorer.decoding.reranking import reranked, rescored
from explorer.decoding.scorer import Scorer
from explorer.decoding.tree import SearchTree

MOST = 500
"""Hypotheses of one search that are held against the empty one, the best of them."""

V = TypeVar("V", bound="SearchVerdict")


@dataclass(frozen=True)
class SearchVerdict:
    """What a search returned, held against everything else that is known.

    Args:
        own: What the search returned.
        max_length: The most tokens that it might have had, its end included.
        alpha: The exponent of the length by which it was ranked.
        known: All finished hypotheses of all searches, each of them once, the best first.
        proved: Whether one of the searches proved that nothing scores higher than its best; never
            where ``own`` was cut, since such a proof is not of that.
        empty: The sequence without a token: its probability is that of the end at the start.
    """

    own: Hypothesis
    max_length: int
    alpha: float
    known: tuple[Hypothesis, ...]
    proved: bool
    empty: Hypothesis

    @property
    def judged(self) -> bool:
        """Whether there is anything to judge: an output that was cut is none."""
        return self.own.finished

    @property
    def slack(self) -> float:
        """How near two scores are that may be of one sequence, rounded in two batches."""
        return SLACK / float(self.max_length**self.alpha)

    @property
    def better(self) -> Hypothesis | None:
        """The best that is known to score higher than what the search returned: a search error."""
        if not self.judged:
            return None
        best = max(self.candidates, key=lambda found: found.score, default=self.own)
        return best if best.score > self.own.score + self.slack else None

    @property
    def candidates(self) -> tuple[Hypothesis, ...]:
        """All that might have been returned instead."""
        return self.known

    @property
    def above_empty(self) -> int:
        """How many of the known hypotheses score higher than the empty translation."""
        return sum(found.score > self.empty.score for found in self.known if found.tokens)


@dataclass(frozen=True)
class Verdict(SearchVerdict):
    """The same, held against a reference, too.

    Args:
        reference: The reference; its log p counts an unknown word as ``<unk>``.
        writable: Whether all of its tokens may come.
        reference_rank: The reference in the beam search.
    """

    reference: Hypothesis
    writable: bool
    reference_rank: ReferenceRank

    @property
    def same(self) -> bool:
        """Whether the search returned the reference itself."""
        return self.own.tokens == self.reference.tokens and self.own.finished

    @property
    def excess(self) -> int:
        """By how many tokens the reference, with its end, is longer than an output may be."""
        return max(0, len(self.reference.tokens) + 1 - self.max_length)

    @property
    def reachable(self) -> bool:
        """Whether a search under these rules can find the reference at all."""
        return self.writable and not self.excess

    @property
    def candidates(self) -> tuple[Hypothesis, ...]:
        """All that might have been returned instead; the reference, if a search can find it."""
        return (*self.known, self.reference) if self.reachable else self.known

    @property
    def prefers_own(self) -> bool:
        """Whether the model scores its own output above the reference: a model error."""
        if not self.judged or self.excess or self.same:
            return False
        return self.own.score > self.reference.score


def judge_search(
    scorer: Scorer[Any, Any], source: Any, own: SearchTree, trees: Sequence[SearchTree]
) -> SearchVerdict:
    """The verdict on what a search returned, without a reference.

    Args:
        scorer: What was searched.
        source: What was decoded.
        own: The search.
        trees: All searches with the same rules that were run, this one among them or not.
    """
    (ending,) = token_log_probs(scorer, source, (scorer.end,))
    alone = SearchVerdict(
        own=own.n_best[0],
        max_length=own.max_length,
        alpha=own.alpha,
        known=(),
        proved=False,
        empty=Hypothesis((), ending, ending, finished=True),
    )
    return knowing(alone, [own, *trees])


def knowing(verdict: V, trees: Sequence[SearchTree]) -> V:
    """The same verdict from what all of these searches found."""
    return replace(
        verdict,
        known=reranked(trees, verdict.alpha, most=MOST),
        proved=verdict.own.finished and any(tree.proved_optimal for tree in trees),
    )


def judge(
    scorer: Scorer[Any, Any],
    source: Any,
    tokens: Sequence[int],
    own: SearchTree,
    trees: Sequence[SearchTree],
    *,
    stopping: Stopping = "first k",
    reference: Hypothesis | None = None,
) -> Verdict:
    """The verdict on what a beam search returned.

    Args:
        scorer: What was searched.
        source: What was decoded.
        tokens: Of the reference, without the one that ends it.
        own: The beam search.
        trees: All searches with the same rules that were run, this one among them or not.
        stopping: When the beam search stopped.
        reference: The reference with its log p, if that is not what the scorer gives.
    """
    log_probs = token_log_probs(scorer, source, (*tokens, scorer.end))
    searched = Hypothesis(tuple(tokens), sum(log_probs), 0.0, finished=True)
    return Verdict(
        **vars(judge_search(scorer, source, own, trees)),
        reference=reference or rescored(searched, own.alpha),
        writable=math.isfinite(searched.log_prob),
        reference_rank=rank_reference(
            scorer,
            source,
            tokens,
            width=own.width,
            max_length=own.max_length,
            alpha=own.alpha,
            stopping=stopping,
        ),
    )


def keeping_width(
    scorer: Scorer[Any, Any],
    source: Any,
    own: SearchTree,
    verdict: Verdict,
    *,
    most: int,
    check: Callable[[], None] = lambda: None,
) -> int | None:
    """A beam width that finishes the reference where one less does not; None if none tried does.

    Args:
        scorer: What was searched.
        source: What was decoded.
        own: The beam search.
        verdict: The verdict on it.
        most: The widest that is tried.
        check: Called before each beam; what it raises ends the search for the width.
    """

    def keeps(width: int) -> bool:
        check()
        tokens = verdict.reference.tokens
        return kept_by(scorer, source, tokens, width=width, max_length=own.max_length)

    if not verdict.reachable:
        return None
    return least_width(keeps, first=own.width, most=max(own.width, most))
