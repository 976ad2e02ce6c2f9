"""A scorer around another that lets only some tokens come."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

import torch
from torch import Tensor

from explorer.decoding.scorer import S, Scorer, Wrapped, word_of
from explorer.errors import ExplorerError

Source = TypeVar("Source")


@dataclass(frozen=True)
class AllowedTokens(Wrapped[Source, S]):
    """The scorer's own probabilities of some tokens; no other token comes.

    The others are masked after the normalisation, so the probabilities do not sum to one.

    Args:
        scorer: Gives the probabilities.
        tokens: Those that may come, the ending one among them.
    """

    tokens: tuple[int, ...]

    def word(self, token: int) -> str:
        """What the scorer calls the token."""
        return word_of(self.scorer)(token)

    def start(self, sources: Sequence[Source]) -> S:
        """The scorer's own."""
        return self.scorer.start(sources)

    def step(self, state: S, tokens: Tensor) -> tuple[Tensor, S]:
        """The log-probabilities (N, V) after reading ``tokens``, (N,), and the state then."""
        given, after = self.scorer.step(state, tokens)
        log_probs = torch.full_like(given, -torch.inf)
        may = list(self.tokens)
        log_probs[:, may] = given[:, may]
        return log_probs, after


def allow_only(scorer: Scorer[Source, S], tokens: Collection[int]) -> AllowedTokens[Source, S]:
    """The scorer with ``tokens`` and the one that ends a sequence, and no others.

    Raises:
        ExplorerError: A token is no number of a token.
    """
    if any(token < 0 for token in tokens):
        raise ExplorerError("Token numbers cannot be negative.")
    return AllowedTokens(scorer, tuple(sorted({*tokens, scorer.end})))
