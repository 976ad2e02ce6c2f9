"""The state of a search over a Hugging Face model: prefixes, and what the model keeps of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor

from explorer.decoding.adapters.hugging_face_cache import PrefixCache


@dataclass(frozen=True)
class EncodedSources:
    """What an encoder gave for B sources.

    Args:
        output: What it returned, with the hidden states (B, S, H).
        ids: What it read, (B, S).
        real: Which of the S places are no padding, (B, S).
    """

    output: Any
    ids: Tensor
    real: Tensor

    def given(self, sources: Tensor) -> dict[str, Any]:
        """What a decoder's call is given of it, for prefixes of these ``sources``, (N,)."""
        rows = sources.to(self.real.device)
        hidden = type(self.output)(last_hidden_state=self.output.last_hidden_state[rows])
        # FSMT masks what is to come only where it sees the source's tokens, too.
        ids, real = self.ids[rows], self.real[rows]
        return {"encoder_outputs": hidden, "input_ids": ids, "attention_mask": real}


@dataclass(frozen=True)
class HuggingFaceState:
    """The state of N prefixes.

    Args:
        prefixes: The tokens that the decoder has read, (N,) rows.
        sources: The source of each, (N,).
        begun: How many tokens it reads before the first that it predicts, of each source, (B,).
        encoded: Of the B sources; None for a causal model.
        cached: What the model keeps of the prefixes; None where it reads them again.
    """

    prefixes: tuple[tuple[int, ...], ...]
    sources: Tensor
    begun: Tensor
    encoded: EncodedSources | None
    cached: PrefixCache | None = None

    def select(self, rows: Tensor) -> "HuggingFaceState":
        """The state of the prefixes ``rows``, in that order."""
        return replace(
            self,
            prefixes=tuple(self.prefixes[row] for row in rows.tolist()),
            sources=self.sources[rows],
            cached=self.cached and self.cached.select(rows),
        )

    def joined(self, others: "Sequence[HuggingFaceState]") -> "HuggingFaceState":
        """The state of these prefixes and then of the others'; all have the same sources."""
        if not others:
            return self
        prefixes = sum((other.prefixes for other in others), self.prefixes)
        sources = torch.cat([self.sources, *(other.sources for other in others)])
        return replace(self, prefixes=prefixes, sources=sources, cached=None)
