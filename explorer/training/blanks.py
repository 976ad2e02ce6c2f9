"""English sentences with a blank at every word as a task: batches, and how well they are filled."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import torch
from torch import Tensor
from torch.nn.functional import linear

from explorer.models.card import Figures, Precision
from explorer.models.infill import Infill
from explorer.seq2seq.scorer import source_batch
from explorer.text.casing import spellings, truecase
from explorer.text.pairs import Pair, Split
from explorer.text.vocabulary import BOS, EOS, PAD, Vocabulary
from explorer.text.words import tokenise
from explorer.training.buckets import Buckets
from explorer.training.fused import fused_cross_entropy
from explorer.training.precision import DTYPES
from explorer.training.task import Batch

RESERVED = (PAD, BOS, EOS)
SIDES: Mapping[str, range] = {
    "0": range(0, 1),
    "1": range(1, 2),
    "2": range(2, 3),
    "3–4": range(3, 5),
    "5–6": range(5, 7),
    "7 or more": range(7, 1000),
}
"""How many tokens stand on one side of a blank, as the figures group them."""


class Filled(NamedTuple):
    """What a model said of one blank."""

    left: int  # tokens before it
    right: int  # tokens behind it
    rank: int  # how many tokens the model held likelier than the right one
    nats: float  # −log p of the right one


@dataclass(frozen=True)
class Blanks:
    """Every word and mark of every sentence is a blank, filled in from all the others.

    Args:
        split: The pairs whose English sides are learned from, chosen by and measured on.
        tokens: The most places of a batch, padding included.
        minimum: How often a word has to be seen in the training sentences to be known.
        precision: What matrices are multiplied in while learning.
        seed: Decides the batches.
    """

    split: Split
    tokens: int
    minimum: int
    precision: Precision
    seed: int

    measure = "validation perplexity"

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The English words, the most frequent first behind the reserved tokens."""
        sentences = [tokenise(pair.source, "en") for pair in self.split.training]
        usual = spellings(sentences)
        words = (word for tokens in sentences for word in truecase(tokens, usual))
        return Vocabulary.from_tokens(words, minimum=self.minimum, reserved=RESERVED)

    @property
    def epoch_steps(self) -> int:
        """Batches in which all training sentences come once."""
        return len(self._buckets)

    def batch(self, step: int) -> Batch:
        """The sentences of update ``step`` and the tokens between their ends as targets."""
        return self._batch([self._training[n] for n in self._buckets.batch(step).tolist()])

    def loss(self, model: Infill, batch: Batch, state: Any) -> tuple[Tensor, None]:
        """The mean −log p of a token given all the others that the model reads, nats."""
        assert batch.source is not None
        kind = batch.inputs.device.type
        with torch.autocast(kind, torch.bfloat16, enabled=self.precision == "bfloat16"):
            written = model.write(batch.source)  # (B, T − 2, E)
        counted = batch.weights > 0  # (B, T − 2)
        loss = fused_cross_entropy(
            written[counted].float(),
            model.embedding.weight,
            model.head_bias,
            batch.targets[counted],
            batch.weights[counted],
            precision=DTYPES[self.precision],
        )
        return loss, None

    def score(self, model: Infill) -> float:
        """The perplexity of the words and marks of the validation sentences."""
        filled = [blank for blank, _ in self.filled(model, self.split.validation)]
        return perplexity(filled)

    def figures(self, model: Infill) -> Figures:
        """Top-1, top-5 and perplexity on the test's known words, by tokens on either side."""
        found = list(self.filled(model, self.split.test))
        words = [blank for blank, token in found if is_word(token)]
        return {
            "words and marks, perplexity": round(perplexity([blank for blank, _ in found]), 3),
            "words": summary(words),
            **{
                f"words, {left} on the left": {
                    f"{right} on the right": summary(some)
                    for right, some in grouped(row, "right").items()
                }
                for left, row in grouped(words, "left").items()
            },
        }

    def filled(self, model: Infill, pairs: Sequence[Pair]) -> Iterator[tuple[Filled, str]]:
        """What the model says of every known token of the sentences, and the token."""
        examples = self._examples(pairs)
        buckets = _buckets(examples, self.tokens, seed=0)
        for step in range(len(buckets)):
            batch = self._batch([examples[n] for n in buckets.batch(step).tolist()])
            yield from self._filled(model, batch)

    @torch.inference_mode()
    def _filled(self, model: Infill, batch: Batch) -> Iterator[tuple[Filled, str]]:
        assert batch.source is not None
        source, device = batch.source, model.head_bias.device
        written = model.write(source.to(device)).cpu()  # (B, T − 2, E)
        weight, bias = model.embedding.weight.cpu(), model.head_bias.cpu()
        known = (batch.weights > 0) & (batch.targets != 0)  # (B, T − 2)
        rows, places = known.nonzero(as_tuple=True)  # (N,) each
        right = batch.targets[known]  # (N,)
        logs = linear(written[known], weight, bias).log_softmax(-1)  # (N, V)
        log_p = logs.gather(1, right[:, None])  # (N, 1)
        ranks = (logs > log_p).sum(1)  # (N,)
        behind = source.lengths[rows] - 3 - places  # (N,)
        columns = (places, behind, ranks, -log_p[:, 0])
        for numbers, token in zip(
            zip(*(column.tolist() for column in columns), strict=True),
            self.vocabulary.decode(right.tolist()),
            strict=True,
        ):
            yield Filled(*numbers), token

    @cached_property
    def _training(self) -> list[list[int]]:
        return self._examples(self.split.training)

    @cached_property
    def _buckets(self) -> Buckets:
        return _buckets(self._training, self.tokens, seed=self.seed)

    def _examples(self, pairs: Sequence[Pair]) -> list[list[int]]:
        cut = (truecase(tokenise(pair.source, "en"), self.vocabulary) for pair in pairs)
        return [self.vocabulary.encode((BOS, *tokens, EOS)) for tokens in cut if tokens]

    def _batch(self, examples: Sequence[list[int]]) -> Batch:
        source = source_batch(examples, pad=self.vocabulary.number(PAD))
        targets = source.ids[:, 1:-1]  # (B, T − 2)
        counted = torch.arange(targets.shape[1]) < source.lengths[:, None] - 2  # (B, T − 2)
        return Batch(source.ids, targets, counted / counted.sum(), follows=False, source=source)


def is_word(token: str) -> bool:
    """Whether a token is a word and no mark: its figures are of words, which are harder."""
    return any(character.isalnum() for character in token)


def perplexity(filled: Sequence[Filled]) -> float:
    """The exponential of the mean −log p; of nothing, not a number."""
    if not filled:
        return math.nan
    return math.exp(sum(blank.nats for blank in filled) / len(filled))


def summary(filled: Sequence[Filled]) -> dict[str, float]:
    """How many blanks there are, the shares filled right at once and within five, perplexity."""
    return {
        "count": len(filled),
        "top-1": round(sum(blank.rank < 1 for blank in filled) / len(filled), 4),
        "top-5": round(sum(blank.rank < 5 for blank in filled) / len(filled), 4),
        "perplexity": round(perplexity(filled), 3),
    }


def grouped(filled: Sequence[Filled], side: str) -> dict[str, list[Filled]]:
    """The blanks by how many tokens stand on one side, ``left`` or ``right``; no empty groups."""
    groups = {
        name: [blank for blank in filled if getattr(blank, side) in counts]
        for name, counts in SIDES.items()
    }
    return {name: group for name, group in groups.items() if group}


def _buckets(examples: Sequence[list[int]], tokens: int, *, seed: int) -> Buckets:
    lengths = [(len(example), len(example)) for example in examples]
    return Buckets(torch.tensor(lengths), tokens, seed)
