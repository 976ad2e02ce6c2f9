"""A translation model as a scorer for search. Knows nothing of search itself, nor of text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from explorer.models.seq2seq import DecoderState, Seq2Seq, Source
from explorer.models.stepping import Stepper
from explorer.text.copying import NAME, NUMBER
from explorer.text.vocabulary import BOS, EOS, PAD, UNKNOWN, Vocabulary


@dataclass(frozen=True)
class Ready:
    """What is computed once for N prefixes that go on for many steps."""

    stepper: Stepper
    constant: Tensor  # (N, G · H) what the context adds to the first layer at every step


@dataclass(frozen=True)
class Prefixes:
    """The state of N prefixes."""

    decoder: DecoderState
    without: Tensor  # (N, 2) whether the source has no name and no number to copy
    ready: Ready | None = None  # made at the first step

    def select(self, rows: Tensor) -> "Prefixes":
        """The state of the prefixes ``rows``, in that order."""
        rows = rows.to(self.without.device)
        ready = self.ready and replace(self.ready, constant=self.ready.constant[rows])
        return Prefixes(self.decoder.select(rows), self.without[rows], ready)

    def joined(self, others: "Sequence[Prefixes]") -> "Prefixes":
        """The state of these prefixes and then of the others'."""
        decoder = self.decoder.joined([other.decoder for other in others])
        without = torch.cat([self.without, *(other.without for other in others)])
        readies = [other.ready for other in (self, *others) if other.ready]
        if len(readies) <= len(others):
            return Prefixes(decoder, without)
        constant = torch.cat([ready.constant for ready in readies])
        return Prefixes(decoder, without, replace(readies[0], constant=constant))


@dataclass(frozen=True)
class Seq2SeqScorer:
    """Scores the target's tokens given source sentences as token numbers, `EOS` at their ends.

    ``<unk>``, ``<pad>`` and ``<bos>`` never come, and a placeholder only if the source has one of
    its kind. They are masked after the normalisation, so all other probabilities are the model's.

    Args:
        model: In eval mode.
        source: The tokens that the model reads.
        target: The tokens that it predicts.
    """

    model: Seq2Seq
    source: Vocabulary
    target: Vocabulary

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
        device = self.model.head_bias.device
        numbers = [self.source.number(kind) for kind in (NAME, NUMBER)]
        without = torch.tensor([[kind not in ids for kind in numbers] for ids in sources])
        return Prefixes(self.model.encode(read.to(device)), without.to(device))

    def step(self, state: Prefixes, tokens: Tensor) -> tuple[Tensor, Prefixes]:
        """The log-probabilities (N, V) after reading ``tokens``, (N,), and the state then."""
        state = self._ready(state)
        assert state.ready
        stepper, constant = state.ready.stepper, state.ready.constant
        logits, decoder = stepper.step(tokens.to(constant.device), constant, state.decoder)
        return self.banned(logits.log_softmax(-1), state), replace(state, decoder=decoder)

    def _ready(self, state: Prefixes) -> Prefixes:
        """The state with what is computed once for all steps."""
        if state.ready:
            return state
        stepper = Stepper.of(self.model)
        return replace(state, ready=Ready(stepper, stepper.context(state.decoder.context)))

    def banned(self, log_probs: Tensor, state: Prefixes) -> Tensor:
        """The log-probabilities (N, V), changed in place: −inf for tokens that may not come."""
        log_probs[:, [self.target.number(token) for token in (UNKNOWN, PAD, BOS)]] = -torch.inf
        for column, kind in enumerate((NAME, NUMBER)):
            log_probs[state.without[:, column], self.target.number(kind)] = -torch.inf
        return log_probs


def source_batch(sources: Sequence[Sequence[int]], *, pad: int) -> Source:
    """Token numbers of several sentences as one batch, (B, S), ``pad`` behind their ends."""
    ids = [torch.tensor(numbers) for numbers in sources]
    lengths = torch.tensor([len(numbers) for numbers in sources])
    return Source(pad_sequence(ids, batch_first=True, padding_value=pad), lengths)
