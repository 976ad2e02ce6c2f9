"""A text read as parallel streams whose state is carried from batch to batch.

Sequential partitioning (*Dive into Deep Learning*, section 8.3). Knows nothing of models' insides.
"""

from dataclasses import dataclass
from random import Random

import torch

from explorer.models.card import Figures
from explorer.models.language_model import LanguageModel
from explorer.text.vocabulary import Vocabulary
from explorer.training.corpus import Corpus
from explorer.training.loss import next_token
from explorer.training.task import Batch


@dataclass(frozen=True)
class Streams:
    """Each epoch cuts the training part, from an offset of its own, into equal streams.

    Args:
        corpus: The text.
        streams: B, how many are read side by side.
        window: T, steps through which one update propagates back.
        seed: Decides the offsets.
    """

    corpus: Corpus
    streams: int
    window: int
    seed: int

    measure = "held-out bits per character"

    loss = staticmethod(next_token)

    @property
    def vocabulary(self) -> Vocabulary:
        """The characters of the corpus."""
        return self.corpus.vocabulary

    @property
    def epoch_steps(self) -> int:
        """Whole windows in a stream, room left for an offset of up to one window."""
        return max(1, (len(self.corpus.training) - 1 - self.window) // (self.streams * self.window))

    def batch(self, step: int) -> Batch:
        """The windows of update ``step``: (B, T) characters and those that come next."""
        epoch, place = divmod(step, self.epoch_steps)
        offset = Random(f"{self.seed} {epoch}").randrange(self.window)
        span = self.epoch_steps * self.window
        read = self.corpus.training[offset : offset + self.streams * span + 1]
        inputs = read[:-1].view(self.streams, span)  # (B, span)
        targets = read[1:].view(self.streams, span)
        now = slice(place * self.window, (place + 1) * self.window)
        weights = torch.full((self.streams, self.window), 1 / (self.streams * self.window))
        return Batch(inputs[:, now], targets[:, now], weights, follows=place > 0)

    def score(self, model: LanguageModel) -> float:
        """Held-out bits per character."""
        return self.corpus.bits_per_character(model)

    def figures(self, model: LanguageModel) -> Figures:
        """Held-out bits per character."""
        return {self.measure: round(self.score(model), 4)}
