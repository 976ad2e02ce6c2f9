"""Several translation models as one scorer: the mean of their probabilities."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from explorer.errors import ExplorerError
from explorer.seq2seq.scorer import Prefixes, Seq2SeqScorer


@dataclass(frozen=True)
class EnsembleState:
    """The state of N prefixes in each of the models."""

    states: tuple[Prefixes, ...]

    def select(self, rows: Tensor) -> "EnsembleState":
        """The state of the prefixes ``rows``, in that order."""
        return EnsembleState(tuple(state.select(rows) for state in self.states))

    def joined(self, others: "Sequence[EnsembleState]") -> "EnsembleState":
        """The state of these prefixes and then of the others', which have the same sources."""
        rest = zip(*(other.states for other in others), strict=True)
        return EnsembleState(tuple(s.joined(o) for s, o in zip(self.states, rest, strict=True)))


@dataclass(frozen=True)
class Ensemble:
    """Scores by the arithmetic mean of what several models give each token.

    Args:
        scorers: At least one; of models that read and write the same tokens.

    Raises:
        ExplorerError: They do not.
    """

    scorers: tuple[Seq2SeqScorer, ...]

    def __post_init__(self) -> None:
        first, *others = self.scorers
        if any((s.source, s.target) != (first.source, first.target) for s in others):
            raise ExplorerError(
                "These models cannot be averaged: their vocabularies do not have the same words "
                "in the same order."
            )

    @property
    def begin(self) -> int:
        """The number of ``<bos>``."""
        return self.scorers[0].begin

    @property
    def end(self) -> int:
        """The number of ``<eos>``."""
        return self.scorers[0].end

    def word(self, token: int) -> str:
        """The target's token of this number."""
        return self.scorers[0].word(token)

    def start(self, sources: Sequence[Sequence[int]]) -> EnsembleState:
        """The state of an empty translation of each source."""
        return EnsembleState(tuple(scorer.start(sources) for scorer in self.scorers))

    def step(self, state: EnsembleState, tokens: Tensor) -> tuple[Tensor, EnsembleState]:
        """The log-probabilities (N, V) after reading ``tokens``, (N,), and the state then."""
        steps = [s.step(own, tokens) for s, own in zip(self.scorers, state.states, strict=True)]
        log_probs = torch.stack([found for found, _ in steps])  # (M, N, V)
        mean = log_probs.logsumexp(0) - math.log(len(steps))  # (N, V)
        return mean, EnsembleState(tuple(after for _, after in steps))
