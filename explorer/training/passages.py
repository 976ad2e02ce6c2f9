"""A text of many different characters as a task: passages held out, rare characters unknown."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import torch
from torch import Tensor

from explorer.models.card import Figures, Precision
from explorer.models.language_model import EmbeddedLanguageModel
from explorer.text import passages
from explorer.text.kneser_ney import KneserNey
from explorer.text.tokens import characters
from explorer.text.vocabulary import Vocabulary
from explorer.training.corpus import bits_per_character
from explorer.training.loss import next_embedded
from explorer.training.streams import stream_batch, windows
from explorer.training.task import Batch

UNKNOWN_SINGLES = 0.5
ORDERS = (1, 2, 3, 4)
"""Of the n-gram models beside which a model is measured."""


@dataclass(frozen=True)
class Passages:
    """A text read as streams, as `Streams` does, with every character of it in the vocabulary.

    A character that is there once stands for those that the text lacks: each time that it comes,
    the model reads and predicts ``<unk>`` in its place with probability `UNKNOWN_SINGLES`. So it
    learns both the character and what the unknown is like.

    Args:
        text: The whole text.
        streams: B, how many are read side by side.
        window: T, steps through which one update propagates back.
        precision: What matrices are multiplied in while learning.
        seed: Decides the offsets, and which single characters are unknown in an update.
    """

    text: str
    streams: int
    window: int
    precision: Precision
    seed: int

    measure = "validation bits per character"

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """All characters of the training part."""
        return Vocabulary.from_tokens(characters(self._parts.training))

    @property
    def epoch_steps(self) -> int:
        """Whole windows in a stream, room left for an offset of up to one window."""
        return windows(self.training, streams=self.streams, window=self.window)

    def batch(self, step: int) -> Batch:
        """The windows of update ``step``, some single characters unknown."""
        chance = torch.Generator().manual_seed(self.seed * 1_000_003 + step)
        read = self.training
        hidden = self._single & (torch.rand(len(read), generator=chance) < UNKNOWN_SINGLES)
        return stream_batch(
            torch.where(hidden, 0, read),
            step,
            streams=self.streams,
            window=self.window,
            seed=self.seed,
        )

    def loss(self, model: EmbeddedLanguageModel, batch: Batch, state: Any) -> tuple[Tensor, Any]:
        """The mean cross-entropy, nats, and the model's state behind the batch."""
        return next_embedded(model, batch, state, precision=self.precision)

    def score(self, model: EmbeddedLanguageModel) -> float:
        """Bits per character of the validation passages."""
        return bits_per_character(model, self.validation)

    def figures(self, model: EmbeddedLanguageModel) -> Figures:
        """Bits per character of both held-out parts, beside those of smoothed n-grams."""
        unknown = sum(int((passage == 0).sum()) for passage in self.test)
        return {
            "test bits per character": round(bits_per_character(model, self.test), 4),
            self.measure: round(self.score(model), 4),
            "test characters": sum(map(len, self.test)),
            "unknown characters, share": round(unknown / sum(map(len, self.test)), 5),
            "test bits per character of n-grams, interpolated Kneser–Ney": {
                str(order): round(self.ngrams(order).bits(_listed(self.test)), 4)
                for order in ORDERS
            },
        }

    def ngrams(self, order: int) -> KneserNey:
        """An n-gram model of the training part, every second single character unknown in it."""
        read = self.training.tolist()
        singles = [place for place, single in enumerate(self._single.tolist()) if single]
        for place in singles[:: round(1 / UNKNOWN_SINGLES)]:
            read[place] = 0
        return KneserNey.fit(read, order=order, vocabulary=len(self.vocabulary))

    @cached_property
    def training(self) -> Tensor:
        """The training part as token numbers, (N,)."""
        return self._numbers(self._parts.training)

    @cached_property
    def validation(self) -> list[Tensor]:
        """The passages to choose by."""
        return [self._numbers(passage) for passage in self._parts.validation]

    @cached_property
    def test(self) -> list[Tensor]:
        """The passages to measure on."""
        return [self._numbers(passage) for passage in self._parts.test]

    @cached_property
    def _parts(self) -> passages.Parts:
        return passages.parts(self.text)

    @cached_property
    def _single(self) -> Tensor:
        """Where in the training part a character stands that is there only once, (N,)."""
        return torch.bincount(self.training)[self.training] == 1

    def _numbers(self, text: str) -> Tensor:
        return torch.tensor(self.vocabulary.encode(characters(text)))


def _listed(texts: list[Tensor]) -> list[list[int]]:
    return [text.tolist() for text in texts]
