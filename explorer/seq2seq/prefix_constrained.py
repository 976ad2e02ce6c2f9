"""Prefix-constrained search: the translation begins as it is told to, and the search goes on.

The beginning is forced token by token, with the model's probabilities; from there on the search
is free. Any search over any scorer can be sent on so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TypeVar

import torch
from torch import Tensor

from explorer.decoding.beam import Stopping, beam_search
from explorer.decoding.prefixes import Prefixed, Prefixes
from explorer.decoding.scorer import S, Wrapped
from explorer.seq2seq.forced_decoding import distributions
from explorer.seq2seq.model_input import MOST_WRITTEN, read_source, read_target
from explorer.seq2seq.translator import Translation, Translator, longest
from explorer.text.casing import capitalise
from explorer.text.words import detokenise

Source = TypeVar("Source")


@dataclass(frozen=True)
class PrefixConstrained(Wrapped[Source, S]):
    """A scorer that lets only one token come, at each of the first P steps.

    Args:
        scorer: Gives all other probabilities.
        prefix: The tokens that come first, (P,).
        log_probs: What each of them is worth, nats, (P,).
    """

    prefix: Sequence[int]
    log_probs: Sequence[float]

    def start(self, sources: Sequence[Source]) -> Prefixed[S]:
        """The state of an empty prefix of each source."""
        return Prefixed(self.scorer.start(sources), Prefixes.empty(len(sources)))

    def step(self, state: Prefixed[S], tokens: Tensor) -> tuple[Tensor, Prefixed[S]]:
        """The log-probabilities (N, V) after reading ``tokens``, (N,), and the state then."""
        given, after = self.scorer.step(state.state, tokens)
        read, log_probs = state.prefixes.then(tokens), given.clone()
        for row, prefix in enumerate(read.all()):
            place = len(prefix)
            if place < len(self.prefix):
                log_probs[row] = -torch.inf
                log_probs[row, self.prefix[place]] = self.log_probs[place]
        return log_probs, Prefixed(after, read)


def translate_from(
    translator: Translator,
    source_text: str,
    prefix_tokens: Sequence[str],
    *,
    width: int = 5,
    alpha: float = 0.75,
    stopping: Stopping = "first k",
    copied: Sequence[bool] | None = None,
) -> Translation:
    """The best translation that begins with the given tokens.

    Its log_prob and score count the beginning; with an empty one it is the translation that
    `Translator.translate` gives. A word of the beginning that the model does not know is read as
    ``<unk>``, with the probability that the model gives to it.

    Args:
        translator: The model with its words.
        source_text: A sentence.
        prefix_tokens: How the translation begins: tokens as in a `Translation`.
        width: Of the beam; 1 is greedy search.
        alpha: The exponent of the length that log-probabilities are divided by.
        stopping: When the search stops.
        copied: Which of the given tokens are copies; see `forced`.

    Raises:
        ExplorerError: The source has no words, one of the two has too many, the width is below 1,
            or alpha below 0.
    """
    sentence = read_source(translator, source_text)
    target = read_target(translator, sentence, prefix_tokens, copied=copied)
    log_probs, _ = distributions(translator, sentence, target.numbers)  # (P + 1, V)
    worth = [row[number].item() for row, number in zip(log_probs, target.numbers, strict=False)]
    language = translator.language
    ((best, *_),) = beam_search(
        PrefixConstrained(translator.scorer, target.numbers, worth),
        [sentence.numbers],
        width=width,
        lengths=[min(MOST_WRITTEN, longest((*sentence.tokens, *prefix_tokens), language))],
        alpha=alpha,
        stopping=stopping,
    )
    written = translator.written(best, sentence.tokens, sentence.hidden)
    tokens = (*prefix_tokens, *written.tokens[len(prefix_tokens) :])
    return replace(written, tokens=tokens, text=detokenise(capitalise(tokens), language))


def first_difference(one: Sequence[object], other: Sequence[object]) -> int | None:
    """The first step at which two rows, their ends included, differ; None if they never do."""
    both = enumerate(zip_longest(one, other))
    return next((step for step, (left, right) in both if left != right), None)
