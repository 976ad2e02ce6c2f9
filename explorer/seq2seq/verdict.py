"""Whose fault a translation is, given a reference: the search's, or the model's.

A *search error*: something scores higher than what the search returned. A *model error*: the model
prefers what was returned to the reference. Both can be true of one translation. Neither is said of
an output that was cut, which is no translation yet, nor of a reference longer than any output may
be, which no search under these rules could return.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from explorer.decoding.beam import Stopping
from explorer.decoding.hypothesis import Hypothesis
from explorer.decoding.ranking import SLACK
from explorer.decoding.reference_rank import ReferenceRank, rank_reference, token_log_probs
from explorer.decoding.reranking import reranked
from explorer.decoding.scorer import Scorer
from explorer.decoding.tree import SearchTree
from explorer.seq2seq.model_input import Sentence, read_source, read_target
from explorer.seq2seq.reference import Comparison, compare
from explorer.seq2seq.translator import Translator

MOST = 500
"""Hypotheses of one search that are held against the empty translation, the best of them."""


@dataclass(frozen=True)
class Verdict:
    """A translation held against its reference and against everything else that is known.

    Args:
        own: What the search returned.
        max_length: The most tokens that it might have had, its end included.
        alpha: The exponent of the length by which it was ranked.
        reference: The reference; its log p counts an unknown word as ``<unk>``.
        writable: Whether all of its tokens may come.
        known: All finished hypotheses of all searches, each of them once, the best first.
        proved: Whether one of the searches proved that nothing scores higher than its best; never
            where ``own`` was cut, since such a proof is not of that.
        empty: The translation without a word: its probability is that of the end at the start.
        reference_rank: The reference in the beam search.
        compared: Output and reference, token by token.
    """

    own: Hypothesis
    max_length: int
    alpha: float
    reference: Hypothesis
    writable: bool
    known: tuple[Hypothesis, ...]
    proved: bool
    empty: Hypothesis
    reference_rank: ReferenceRank
    compared: Comparison

    @property
    def same(self) -> bool:
        """Whether the search returned the reference itself."""
        return self.own.tokens == self.reference.tokens and self.own.finished

    @property
    def judged(self) -> bool:
        """Whether there is anything to judge: an output that was cut is none."""
        return self.own.finished

    @property
    def excess(self) -> int:
        """By how many tokens the reference, with its end, is longer than an output may be."""
        return max(0, len(self.reference.tokens) + 1 - self.max_length)

    @property
    def reachable(self) -> bool:
        """Whether a search under these rules can find the reference at all."""
        return self.writable and not self.excess

    @property
    def slack(self) -> float:
        """How near two scores are that may be of one sequence, rounded in two batches."""
        return SLACK / float(self.max_length**self.alpha)

    @property
    def better(self) -> Hypothesis | None:
        """The best that is known to score higher than what the search returned: a search error."""
        if not self.judged:
            return None
        candidates = [*self.known, *([self.reference] if self.reachable else [])]
        best = max(candidates, key=lambda found: found.score, default=self.own)
        return best if best.score > self.own.score + self.slack else None

    @property
    def prefers_own(self) -> bool:
        """Whether the model scores its own output above the reference: a model error."""
        if not self.judged or self.excess or self.same:
            return False
        return self.own.score > self.reference.score

    @property
    def above_empty(self) -> int:
        """How many of the known hypotheses score higher than the empty translation."""
        return sum(found.score > self.empty.score for found in self.known if found.tokens)


def judge(
    translator: Translator,
    text: str,
    reference: str,
    own: SearchTree,
    trees: Sequence[SearchTree],
    *,
    scorer: Scorer[Any, Any],
    stopping: Stopping = "first k",
) -> Verdict:
    """The verdict on what a beam search returned.

    Args:
        translator: The model with its words.
        text: The sentence.
        reference: A translation of it that a person wrote.
        own: The beam search.
        trees: All searches with the same rules that were run, this one among them or not.
        scorer: What they asked: the translator's, or one that allows some tokens only.
        stopping: When the beam search stopped.

    Raises:
        ExplorerError: The sentence or the reference has no words, or too many.
    """
    sentence = read_source(translator, text)
    found = own.n_best[0]
    output = translator.written(found, sentence.tokens, sentence.hidden)
    compared = compare(translator, text, output, (reference,), max_length=own.max_length)
    forced = compared.references[0].forced
    numbers = read_target(translator, sentence, forced.tokens).numbers
    searched = token_log_probs(scorer, sentence.numbers, (*numbers, scorer.end))
    return Verdict(
        own=found,
        max_length=own.max_length,
        alpha=own.alpha,
        reference=Hypothesis(numbers, forced.log_prob, forced.score(own.alpha), finished=True),
        writable=not forced.unknown and math.isfinite(sum(searched)),
        known=reranked([own, *trees], own.alpha, most=MOST),
        proved=found.finished and any(tree.proved_optimal for tree in trees),
        empty=_empty(scorer, sentence),
        reference_rank=rank_reference(
            scorer,
            sentence.numbers,
            numbers,
            width=own.width,
            max_length=own.max_length,
            alpha=own.alpha,
            stopping=stopping,
        ),
        compared=compared,
    )


def _empty(scorer: Scorer[Any, Any], sentence: Sentence) -> Hypothesis:
    (log_prob,) = token_log_probs(scorer, sentence.numbers, (scorer.end,))
    return Hypothesis((), log_prob, log_prob, finished=True)
