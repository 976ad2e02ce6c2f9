"""A translation model as a scorer for search, from token numbers to log-probabilities."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import ClassVar

import torch
from torch import Tensor

from explorer.models.recurrent import State, joined, parts, selected, state_of
from explorer.models.seq2seq import DecoderState, Seq2Seq, Source
from explorer.seq2seq.single_steps import Stepper
from explorer.text.copying import NAME, NUMBER
from explorer.text.vocabulary import BOS, EOS, PAD, UNKNOWN, Vocabulary

BANNED = (UNKNOWN, PAD, BOS, NAME, NUMBER)
"""Tokens that never come, and placeholders, which come only if there is something to copy."""


@dataclass(frozen=True)
class Given:
    """What B sources give to all prefixes of their translations.

    Args:
        context: The encoder's final hidden state, (B, H).
        constant: What it adds to the first layer at every step, (B, G · H).
        ban: What the log-probabilities of `BANNED` are lowered by, (B, 5): 0 or −inf.
    """

    context: Tensor
    constant: Tensor
    ban: Tensor


@dataclass(frozen=True)
class Prefixes:
    """The state of N prefixes.

    Args:
        layers: Of the decoder's layers.
        source: The row of each one's source in ``given``, (N,).
        given: By the sources.
    """

    layers: State
    source: Tensor
    given: Given

    @property
    def decoder(self) -> DecoderState:
        """Where the decoder stands."""
        return DecoderState(self.given.context[self.source], self.layers)

    def rows(self, table: Tensor) -> Tensor:
        """The row of ``table``, (B, …), for each prefix, (N, …); (1, …) if one serves all."""
        return table if table.shape[0] == 1 else table.index_select(0, self.source)

    def select(self, rows: Tensor) -> "Prefixes":
        """The state of the prefixes ``rows``, in that order."""
        if len(rows) == 1 == len(self.source):
            return self
        source = self.source.index_select(0, rows)
        return Prefixes(selected(self.layers, rows), source, self.given)

    def joined(self, others: "Sequence[Prefixes]") -> "Prefixes":
        """The state of these prefixes and then of the others', which have the same sources."""
        layers = joined(self.layers, [other.layers for other in others])
        return Prefixes(layers, torch.cat([self.source, *(o.source for o in others)]), self.given)


@dataclass(frozen=True)
class Seq2SeqScorer:
    """Scores the target's tokens given source sentences as token numbers, `EOS` at their ends.

    ``<unk>``, ``<pad>`` and ``<bos>`` never come, and a placeholder only if the source has one of
    its kind. They are masked after the normalisation, so all other probabilities are the model's.

    Args:
        model: In eval mode. Its weights are laid out at the first search: a scorer does not see
            them change afterwards.
        source: The tokens that the model reads.
        target: The tokens that it predicts.
    """

    model: Seq2Seq
    source: Vocabulary
    target: Vocabulary
    trusted: ClassVar[bool] = True

    @property
    def begin(self) -> int:
        """The number of ``<bos>``."""
        return self.target.number(BOS)

    @property
    def end(self) -> int:
        """The number of ``<eos>``."""
        return self.target.number(EOS)

    def word(self, token: int) -> str:
        """The target's token of this number."""
        return self.target.tokens[token]

    def start(self, sources: Sequence[Sequence[int]]) -> Prefixes:
        """The state of an empty translation of each source."""
        read = source_batch(sources, pad=self.source.number(PAD))
        copied = [self.source.number(kind) for kind in (NAME, NUMBER)]
        without = [[True] * 3 + [kind not in ids for kind in copied] for ids in sources]
        ban = self.model.head_bias.new_zeros(len(sources), len(BANNED), device="cpu")
        ban.masked_fill_(torch.tensor(without), -torch.inf)
        return self.at(self.model.encode(read.to(self.model.head_bias.device)), ban)

    def at(self, decoder: DecoderState, ban: Tensor) -> Prefixes:
        """The state of empty translations at which the decoder starts from ``decoder``.

        Args:
            decoder: Of B translations.
            ban: As in `Given`, (B, 5).
        """
        context = _on_cpu(decoder.context)
        constant = torch.from_numpy(self._stepper.context(context.numpy()))
        layers = state_of([_on_cpu(part) for part in parts(decoder.state)])
        return Prefixes(layers, torch.arange(len(ban)), Given(context, constant, ban))

    def step(self, state: Prefixes, tokens: Tensor) -> tuple[Tensor, Prefixes]:
        """The log-probabilities (N, V) after reading ``tokens``, (N,), and the state then."""
        found, now = self._stepper.step(
            tokens.numpy(),
            state.rows(state.given.constant).numpy(),
            tuple([part.numpy() for part in parts(state.layers)]),
        )
        logits, layers = torch.from_numpy(found), state_of([torch.from_numpy(part) for part in now])
        log_probs = torch.log_softmax(logits, -1, out=logits)
        return self.banned(log_probs, state), Prefixes(layers, state.source, state.given)

    def banned(self, log_probs: Tensor, state: Prefixes) -> Tensor:
        """The log-probabilities (N, V), changed in place: −inf for tokens that may not come."""
        ban = state.rows(state.given.ban).expand(log_probs.shape[0], -1)
        return log_probs.index_add_(1, self._columns, ban)

    @cached_property
    def _stepper(self) -> Stepper:
        """The decoder with the weights that the model has when it is first searched."""
        return Stepper.of(self.model)

    @cached_property
    def _columns(self) -> Tensor:
        numbers = [self.target.number(token) for token in BANNED]
        return torch.tensor(numbers)


def _on_cpu(values: Tensor) -> Tensor:
    return values.detach().cpu()


def source_batch(sources: Sequence[Sequence[int]], *, pad: int) -> Source:
    """Token numbers of several sentences as one batch, (B, S), ``pad`` behind their ends."""
    lengths = torch.tensor([len(numbers) for numbers in sources])
    return Source(padded(sources, pad), lengths)


def padded(sequences: Sequence[Sequence[int]], pad: int) -> Tensor:
    """The sequences side by side, (B, T), ``pad`` behind their ends.

    One conversion of all numbers: of 170 sentences, a tensor each would take five times as long.
    """
    return torch.tensor(list(zip_longest(*sequences, fillvalue=pad))).t().contiguous()
