"""A model that fills in words, with its words."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
import xarray as xr
from torch import Tensor
from torch.nn.functional import linear

from explorer.models.card import Card
from explorer.models.infill import Infill, turn
from explorer.models.seq2seq import Source
from explorer.recurrence.trace import trace
from explorer.text.casing import truecase
from explorer.text.vocabulary import BOS, EOS, PAD, UNKNOWN, Vocabulary

UNSAID = (UNKNOWN, PAD, BOS, EOS)
"""Tokens that are no answer. Their share is the model's all the same: none of it is moved."""


@dataclass(frozen=True)
class Guess:
    """A word that may stand in the blank, and its probability."""

    token: str
    p: float


@dataclass(frozen=True)
class Guesses:
    """What a model says of a blank.

    Attributes:
        likeliest: The likeliest words, in falling order.
        answer: The word that was blanked, as the model spells it; None where it is not known.
        rank: How many words were at least as likely as that one, itself included.
        entropy: Of the model's distribution, nats.
    """

    likeliest: tuple[Guess, ...]
    answer: Guess | None
    rank: int | None
    entropy: float


@dataclass(frozen=True)
class Filler:
    """A model in eval mode and its vocabulary."""

    model: Infill
    vocabulary: Vocabulary

    @classmethod
    def of(cls, model: Infill, card: Card) -> "Filler":
        """The filler of a loaded model."""
        return cls(model, Vocabulary(card.vocabulary))

    def spelled(self, tokens: Sequence[str]) -> tuple[str, ...]:
        """The tokens as the model reads them, without the capital at the beginning."""
        return truecase(tokens, self.vocabulary)

    def log_probs(self, sentences: Sequence[Sequence[str]]) -> list[Tensor]:
        """The log-probability of every word at every place of each sentence, (n, V) each.

        Args:
            sentences: At least one, of at least one token each.
        """
        source = self._source(sentences)
        with torch.inference_mode():
            written = self.model.write(source)  # (B, T − 2, E)
            logits = linear(written, self.model.embedding.weight, self.model.head_bias)
            logs = logits.log_softmax(-1)  # (B, T − 2, V)
        return [row[: len(tokens)] for row, tokens in zip(logs, sentences, strict=True)]

    def guess(self, tokens: Sequence[str], place: int, *, most: int) -> Guesses:
        """What may stand at ``place``; the token that stands there is never read.

        Raises:
            IndexError: There is no such place.
        """
        if not 0 <= place < len(tokens):
            raise IndexError(place)
        return self._guesses(self.log_probs([tokens])[0][place], tokens, place, most)

    def guess_all(
        self, sentences: Sequence[Sequence[str]], place: int, *, most: int
    ) -> list[Guesses]:
        """The same of several sentences that have their blank at the same place."""
        logs = self.log_probs(sentences)
        return [
            self._guesses(of[place], tokens, place, most)
            for of, tokens in zip(logs, sentences, strict=True)
        ]

    def trace(self, tokens: Sequence[str]) -> xr.Dataset:
        """Every gate and state of a sentence between ``<bos>`` and ``<eos>``.

        A model that reads backward alone has its steps turned round, so that a state stands at the
        token that it has just read.
        """
        source = self._source([tokens])
        shown = (BOS, *tokens, EOS)
        embedded = self.model.embedding(source.ids)  # (1, T, E)
        if self.model.architecture.reads != "backward":
            return trace(self.model.rnn, embedded, tokens=shown)
        turned = turn(embedded, source.lengths)
        read = trace(self.model.rnn, turned, tokens=shown[::-1])
        read = read.isel(step=range(len(shown))[::-1])
        return read.assign_coords(step=range(len(shown)), direction=["backward"])

    def _source(self, sentences: Sequence[Sequence[str]]) -> Source:
        numbers = [
            torch.tensor(self.vocabulary.encode((BOS, *self.spelled(tokens), EOS)))
            for tokens in sentences
        ]
        lengths = torch.tensor([len(of) for of in numbers])
        pad = self.vocabulary.number(PAD)
        ids = torch.nn.utils.rnn.pad_sequence(numbers, batch_first=True, padding_value=pad)
        return Source(ids, lengths)

    def _guesses(self, logs: Tensor, tokens: Sequence[str], place: int, most: int) -> Guesses:
        said = logs.clone()  # (V,)
        said[self.vocabulary.encode(UNSAID)] = -math.inf
        top = said.topk(most)
        words = self.vocabulary.decode(top.indices.tolist())
        likeliest = tuple(
            Guess(word, math.exp(log_p))
            for word, log_p in zip(words, top.values.tolist(), strict=True)
        )
        answer = self.spelled(tokens)[place]
        (number,) = self.vocabulary.encode((answer,))
        entropy = -float((logs.exp() * logs).sum())
        if not number:
            return Guesses(likeliest, None, None, entropy)
        rank = int((said >= said[number]).sum())
        return Guesses(likeliest, Guess(answer, math.exp(float(logs[number]))), rank, entropy)
