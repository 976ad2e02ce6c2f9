"""What a Hugging Face model has cached of prefixes, as a value that no call changes.

A model changes the cache that it is given. So every call gets one of its own here. Layers that only
append are copied without their tensors, others with them, and the rows that are read on are
gathered by the library's own `reorder_cache`.
"""

from copy import copy, deepcopy
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor

_APPENDING = ("DynamicLayer", "DynamicSlidingWindowLayer")


@dataclass(frozen=True)
class PrefixCache:
    """The cache of M prefixes, of which N are wanted.

    Args:
        cache: A ``Cache`` of `transformers`, or an ``EncoderDecoderCache`` of two, after the
            prefixes' last tokens. Never changed.
        sources: The source of each of the M, (M,).
        rows: Which of them are wanted, (N,).
    """

    cache: Any
    sources: Tensor
    rows: Tensor

    @classmethod
    def of(cls, cache: Any, sources: Tensor) -> "PrefixCache":
        """What a call left, all of it wanted."""
        return cls(cache, sources, torch.arange(len(sources)))

    def select(self, rows: Tensor) -> "PrefixCache":
        """Those of the wanted that stand at ``rows``; nothing is gathered yet."""
        return replace(self, rows=self.rows[rows])

    def fresh(self) -> Any:
        """A cache of the N wanted prefixes that a call may append to."""
        parts = getattr(self.cache, "self_attention_cache", None)
        if parts is None:
            return self._gathered(self.cache, torch.arange(len(self.sources)))
        both = copy(self.cache)
        both.self_attention_cache = self._gathered(parts, torch.arange(len(self.sources)))
        # What a decoder attends to in the source is the same for all prefixes of that source.
        both.cross_attention_cache = self._gathered(self.cache.cross_attention_cache, self.sources)
        both.is_updated = dict(self.cache.is_updated)
        return both

    def _gathered(self, cache: Any, kinds: Tensor) -> Any:
        """The wanted rows of a cache; ``kinds``, (M,), says which of all rows are the same."""
        own = copy(cache)
        own.layers = [
            copy(x) if type(x).__name__ in _APPENDING else deepcopy(x) for x in cache.layers
        ]
        if not torch.equal(kinds[self.rows], kinds):
            own.reorder_cache(self.rows)
        return own


def fits(cache: object) -> bool:
    """Whether it is a cache of layers, or two of them, as an encoder–decoder has."""
    return hasattr(cache, "layers") or hasattr(cache, "cross_attention_cache")
