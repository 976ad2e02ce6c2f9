"""A text read as parallel streams whose state is carried from batch to batch.

Sequential partitioning (*Dive into Deep Learning*, section 8.3).
"""

from dataclasses import dataclass
from random import Random

import torch
from torch import Tensor

from explorer.training.corpus import CorpusTask
from explorer.training.task import Batch


@dataclass(frozen=True)
class Streams(CorpusTask):
    """Each epoch cuts the training part, from an offset of its own, into equal streams.

    Args:
        corpus: The text.
        streams: B, how many are read side by side.
        window: T, steps through which one update propagates back.
        seed: Decides the offsets.
    """

    streams: int
    window: int
    seed: int

    @property
    def epoch_steps(self) -> int:
        """Whole windows in a stream, room left for an offset of up to one window."""
        return windows(self.corpus.training, streams=self.streams, window=self.window)

    def batch(self, step: int) -> Batch:
        """The windows of update ``step``: (B, T) characters and those that come next."""
        return stream_batch(
            self.corpus.training,
            step,
            streams=self.streams,
            window=self.window,
            seed=self.seed,
        )


def windows(text: Tensor, *, streams: int, window: int) -> int:
    """Whole windows in a stream of a text (N,), room left for an offset of up to one window."""
    return max(1, (len(text) - 1 - window) // (streams * window))


def stream_batch(text: Tensor, step: int, *, streams: int, window: int, seed: int) -> Batch:
    """The windows of update ``step``, (B, T), of a text (N,) read as equal streams.

    Every epoch cuts it from an offset of its own.
    """
    epoch, place = divmod(step, windows(text, streams=streams, window=window))
    offset = Random(f"{seed} {epoch}").randrange(window)
    span = windows(text, streams=streams, window=window) * window
    read = text[offset : offset + streams * span + 1]
    inputs = read[:-1].view(streams, span)  # (B, span)
    targets = read[1:].view(streams, span)
    now = slice(place * window, (place + 1) * window)
    weights = torch.full((streams, window), 1 / (streams * window))
    return Batch(inputs[:, now], targets[:, now], weights, follows=place > 0)
