"""A scorer of sequences of one length. Knows nothing of the scorer that it makes longer or shorter.

A language model of characters has no token that ends a text. With an ending token of our own, that
comes for certain after so many tokens and never before, it can be searched like any other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import torch
from torch import Tensor

from explorer.decoding.scorer import S, Wrapped, word_of

Source = TypeVar("Source")

END = "<end>"


@dataclass(frozen=True)
class Counted(Generic[S]):
    """The state of N prefixes, and how many tokens of each have been written."""

    state: S
    written: Tensor  # (N,)

    def select(self, rows: Tensor) -> "Counted[S]":
        """The state of the prefixes ``rows``, in that order."""
        return Counted(self.state.select(rows), self.written[rows])

    def joined(self, others: "Sequence[Counted[S]]") -> "Counted[S]":
        """The state of these prefixes and then of the others'."""
        written = torch.cat([self.written, *(other.written for other in others)])
        return Counted(self.state.joined([other.state for other in others]), written)


@dataclass(frozen=True)
class Fixed(Wrapped[Source, S]):
    """Sequences of ``length`` tokens, then the token V, which ends them at no cost.

    The scorer's own ending token, if it has one, is a token like any other.

    Args:
        scorer: Gives the probabilities of V tokens.
        length: Tokens of every sequence, its end not counted.
        vocabulary: V.
    """

    length: int
    vocabulary: int

    @property
    def end(self) -> int:
        """The token that the scorer does not have."""
        return self.vocabulary

    def word(self, token: int) -> str:
        """What the scorer calls the token, or ``<end>``."""
        return END if token == self.vocabulary else word_of(self.scorer)(token)

    def start(self, sources: Sequence[Source]) -> Counted[S]:
        """The state of an empty prefix of each source."""
        written = torch.zeros(len(sources), dtype=torch.long)
        return Counted(self.scorer.start(sources), written)

    def step(self, state: Counted[S], tokens: Tensor) -> tuple[Tensor, Counted[S]]:
        """The log-probabilities (N, V + 1) after reading ``tokens``, (N,), and the state then."""
        given, after = self.scorer.step(state.state, tokens)  # (N, V)
        ends = given.new_full((len(given), 1), -torch.inf)
        log_probs = torch.cat([given, ends], 1)
        done = state.written >= self.length
        log_probs[done] = -torch.inf
        log_probs[done, self.vocabulary] = 0.0
        return log_probs, Counted(after, state.written + 1)
