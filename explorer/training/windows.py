"""A text read as windows drawn at random, each from a state of zeros.

Random sampling (*Dive into Deep Learning*, section 8.3), which the book trains its gated networks
with.
"""

from dataclasses import dataclass

import torch

from explorer.training.corpus import CorpusTask
from explorer.training.task import Batch


@dataclass(frozen=True)
class Windows(CorpusTask):
    """Every update draws its windows from anywhere in the training part.

    Args:
        corpus: The text.
        windows: B, how many an update draws.
        window: T, steps in each.
        epoch_steps: Updates that are called an epoch.
        seed: Decides the draws.
    """

    windows: int
    window: int
    epoch_steps: int
    seed: int

    def batch(self, step: int) -> Batch:
        """The windows of update ``step``: (B, T) characters and those that come next."""
        chance = torch.Generator().manual_seed(self.seed * 1_000_003 + step)
        last = len(self.corpus.training) - self.window
        starts = torch.randint(last, (self.windows, 1), generator=chance)  # (B, 1)
        read = self.corpus.training[starts + torch.arange(self.window + 1)]  # (B, T + 1)
        weights = torch.full((self.windows, self.window), 1 / (self.windows * self.window))
        return Batch(read[:, :-1], read[:, 1:], weights, follows=False)
