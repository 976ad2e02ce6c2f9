"""Whose fault a translation is, given a reference: the search's, or the model's.

`decoding.verdict` says what either means.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from explorer.decoding import verdict as decoding
from explorer.decoding.beam import Stopping
from explorer.decoding.hypothesis import Hypothesis
from explorer.decoding.scorer import Scorer
from explorer.decoding.tree import SearchTree
from explorer.seq2seq.model_input import read_source, read_target
from explorer.seq2seq.reference import Comparison, compare
from explorer.seq2seq.translator import Translator


@dataclass(frozen=True)
class Verdict(decoding.Verdict):
    """A translation held against its reference; its log p counts an unknown word as ``<unk>``.

    Args:
        compared: Output and reference, token by token.
    """

    compared: Comparison


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
    said = Hypothesis(numbers, forced.log_prob, forced.score(own.alpha), finished=True)
    judged = decoding.judge(
        scorer, sentence.numbers, numbers, own, trees, stopping=stopping, reference=said
    )
    writable = judged.writable and not forced.unknown
    return Verdict(**{**vars(judged), "writable": writable}, compared=compared)
