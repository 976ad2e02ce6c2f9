"""A language model as a scorer: how a text may go on."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import torch
from torch import Tensor

from explorer.errors import ExplorerError
from explorer.models.language_model import LanguageModel
from explorer.models.recurrent import State, joined, selected
from explorer.text.vocabulary import Vocabulary

TEXT = -1
"""What stands before the first token that is predicted: the text that goes on."""


@dataclass(frozen=True)
class LanguageModelState:
    """The state of N prefixes.

    Args:
        layers: Of the recurrent layers, after the prefixes' last tokens but one.
        last: What they read next: the texts' last tokens at first; `TEXT` when tokens come.
    """

    layers: State
    last: Tensor  # (N,)

    def select(self, rows: Tensor) -> "LanguageModelState":
        """The state of the prefixes ``rows``, in that order."""
        return LanguageModelState(selected(self.layers, rows), self.last[rows])

    def joined(self, others: "Sequence[LanguageModelState]") -> "LanguageModelState":
        """The state of these prefixes and then of the others'."""
        layers = joined(self.layers, [other.layers for other in others])
        return LanguageModelState(layers, torch.cat([self.last, *(other.last for other in others)]))


@dataclass(frozen=True)
class LanguageScorer:
    """Scores how texts, given as token numbers, go on until a token that is taken as their end.

    ``<unk>`` never comes, nor what stands before the first token. They are masked after the
    normalisation.

    Args:
        model: In eval mode.
        vocabulary: Its tokens.
        end: The number of the token that ends a sequence: that of a space ends it with the word.
    """

    model: LanguageModel
    vocabulary: Vocabulary
    end: int
    trusted: ClassVar[bool] = True

    @property
    def begin(self) -> int:
        """The number of no token."""
        return TEXT

    def word(self, token: int) -> str:
        """The token of this number; nothing before the first one."""
        return self.vocabulary.tokens[token] if token >= 0 else ""

    def start(self, sources: Sequence[Sequence[int]]) -> LanguageModelState:
        """The state of an empty continuation of each text, which has at least one token."""
        states = [self._read(source) for source in sources]
        return states[0].joined(states[1:])

    def step(self, state: LanguageModelState, tokens: Tensor) -> tuple[Tensor, LanguageModelState]:
        """The log-probabilities (N, V) after reading ``tokens``, (N,), and the state then."""
        read = torch.where(tokens == TEXT, state.last, tokens)
        logits, layers = self.model(read[:, None], state.layers)
        log_probs = logits[:, 0].log_softmax(-1)
        log_probs[:, self._unsaid] = -torch.inf
        return log_probs, LanguageModelState(layers, torch.full_like(read, TEXT))

    @cached_property
    def _unsaid(self) -> list[int]:
        return self.vocabulary.encode(self.vocabulary.unsaid)

    def _read(self, source: Sequence[int]) -> LanguageModelState:
        """All of a text but its last token, which the first step reads."""
        if not source:
            raise ExplorerError("A model needs at least one token to start from.")
        ids = torch.tensor(source)
        one = self.model.architecture
        zeros = torch.zeros(one.layers, 1, one.hidden_size)
        layers: State = (zeros, zeros) if one.cell == "lstm" else zeros
        if len(source) > 1:
            _, layers = self.model(ids[None, :-1], layers)
        return LanguageModelState(layers, ids[-1:])
