"""Cuts sequences of many lengths into batches that hold little padding."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import torch
from torch import Tensor


@dataclass(frozen=True)
class Buckets:
    """Every epoch goes through all sequences once, neighbours in length together, in a new order.

    Args:
        lengths: Tokens of each sequence, (N, 2): of the target and of the source.
        tokens: The most places that a batch has on either side, padding included; a sequence that
            is longer has a batch of its own.
        seed: Decides the orders.
    """

    lengths: Tensor
    tokens: int
    seed: int

    def __len__(self) -> int:
        """Batches in an epoch, the same number in each."""
        return len(self._sizes)

    def batch(self, step: int) -> Tensor:
        """The numbers of the sequences of batch ``step``, (B,)."""
        epoch, place = divmod(step, len(self))
        return self._epoch(epoch)[place]

    @cached_property
    def _keys(self) -> Tensor:
        """What sequences are sorted by, (N,): the target's length, then the source's."""
        return self.lengths[:, 0] * (self.lengths.max() + 1) + self.lengths[:, 1]

    @cached_property
    def _sizes(self) -> list[int]:
        """How many sequences each batch has, from the shortest sequences to the longest."""
        sizes, size, widest = [], 0, 0
        for length in self.lengths.max(1).values[self._keys.argsort(stable=True)].tolist():
            widest = max(widest, length)
            if size and (size + 1) * widest > self.tokens:
                sizes.append(size)
                size, widest = 0, length
            size += 1
        return [*sizes, size]

    @cached_property
    def _epoch(self) -> Callable[[int], list[Tensor]]:
        return lru_cache(maxsize=1)(self._shuffled)

    def _shuffled(self, epoch: int) -> list[Tensor]:
        """The batches of an epoch: sequences of equal lengths change places, then batches do."""
        chance = torch.Generator().manual_seed(self.seed * 1_000_003 + epoch)
        order = torch.randperm(len(self._keys), generator=chance)  # (N,)
        order = order[self._keys[order].argsort(stable=True)]
        batches = torch.split(order, self._sizes)
        return [batches[n] for n in torch.randperm(len(batches), generator=chance).tolist()]
