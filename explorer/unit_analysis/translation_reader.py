"""A translation model of ours, as an analysis reads sentence pairs with one of its halves."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal, NamedTuple

import numpy as np
import torch
import xarray as xr
from torch import Tensor
from torch.nn.functional import cross_entropy, linear
from torch.nn.utils.rnn import (
    PackedSequence,
    pack_padded_sequence,
    pad_packed_sequence,
    pad_sequence,
)

from explorer.errors import ExplorerError
from explorer.models.seq2seq import DecoderState, Source
from explorer.recurrence.trace import trace
from explorer.seq2seq.model_input import Target, read_source, read_target, target_tokens
from explorer.seq2seq.scorer import source_batch
from explorer.seq2seq.translator import Translator
from explorer.text.vocabulary import BOS, EOS, PAD
from explorer.unit_analysis.language_reader import alone
from explorer.unit_analysis.passages import in_batches
from explorer.unit_analysis.reader import Array, Cost, Held, Read, held_alone

Part = Literal["encoder", "decoder"]

_TOGETHER = 64  # sentences read side by side


class _Written(NamedTuple):
    """Targets as a decoder is made to write them."""

    ids: Tensor  # (B, T) what it reads
    lengths: Tensor  # (B,)
    wanted: PackedSequence  # what it is to write at each of these steps


@dataclass(frozen=True)
class TranslationReader:
    """Reads sentence pairs, a tab between source and target; the decoder is made to write it.

    Attributes:
        translator: The model with its words.
        part: Which half is looked at. The encoder needs no target, unless units are held.
    """

    translator: Translator
    part: Part

    def read(self, texts: Sequence[str]) -> list[Read]:
        """The tokens of the encoder end with ``<eos>``, those of the decoder begin with ``<bos>``.

        Raises:
            ExplorerError: A side is missing or too long.
        """
        return list(chain.from_iterable(map(self._read, in_batches(texts, _TOGETHER))))

    def costs(self, texts: Sequence[str], held: Sequence[Held]) -> list[Cost]:
        """What each token of the target costs, its end too."""
        batches = in_batches(texts, _TOGETHER)
        return list(chain.from_iterable(self._costs(some, held) for some in batches))

    @torch.inference_mode()
    def _read(self, texts: Sequence[str]) -> list[Read]:
        if self.part == "encoder":
            tokens, traced = self._encoded(texts)
        else:
            tokens, traced = self._decoded(texts)
        return [Read(some, alone(traced, row)) for row, some in enumerate(tokens)]

    def _encoded(self, texts: Sequence[str]) -> tuple[list[tuple[str, ...]], xr.Dataset]:
        sentences = [read_source(self.translator, text.partition("\t")[0]) for text in texts]
        source = self._source([sentence.numbers for sentence in sentences])
        embedded = self.translator.model.source_embedding(source.ids)  # (B, S, E)
        traced = trace(self.translator.model.encoder, _packed(embedded, source.lengths))
        return [(*sentence.hidden, EOS) for sentence in sentences], traced

    def _decoded(self, texts: Sequence[str]) -> tuple[list[tuple[str, ...]], xr.Dataset]:
        source, targets = self._pairs(texts)
        model, (context, state) = self.translator.model, self.translator.model.encode(source)
        inputs = self._inputs(self._read_targets(targets), context)
        traced = trace(model.decoder, inputs, state)
        return [(BOS, *target.tokens) for target in targets], traced

    @torch.inference_mode()
    def _costs(self, texts: Sequence[str], held: Sequence[Held]) -> list[Cost]:
        source, targets = self._pairs(texts)
        read = self._read_targets(targets)
        start = self.translator.model.encode(source) if self.part == "decoder" else source
        rows = [self._bits(start, read, None), *(self._bits(start, read, one) for one in held)]
        return [
            Cost((*target.tokens, EOS), np.stack([row[number] for row in rows]))
            for number, target in enumerate(targets)
        ]

    def _bits(self, start: Source | DecoderState, read: _Written, held: Held | None) -> list[Array]:
        """−log₂ p of each target's tokens and its end, with a unit held."""
        model = self.translator.model
        state = self._encode(start, held) if isinstance(start, Source) else start
        inputs = self._inputs(read, state.context)
        if held is None or self.part == "encoder":
            hidden = model.decoder(inputs, state.state)[0].data  # (N, H)
        else:
            traced = trace(model.decoder, inputs, state.state, interventions=held_alone(held))
            whole = torch.from_numpy(traced["hidden"].values[-1, 0])  # (B, T, H)
            hidden = _packed(whole, read.lengths).data
        written = model.projection(hidden)  # (N, E)
        logits = linear(written, model.target_embedding.weight, model.head_bias)  # (N, V)
        bits = cross_entropy(logits, read.wanted.data, reduction="none") / np.log(2)  # (N,)
        padded, lengths = pad_packed_sequence(read.wanted._replace(data=bits), batch_first=True)
        return [row[:length].numpy() for row, length in zip(padded, lengths.tolist(), strict=True)]

    def _encode(self, source: Source, held: Held | None) -> DecoderState:
        """What the encoder hands over, with a unit held: the engine's own, at each one's end."""
        model = self.translator.model
        if held is None:
            return model.encode(source)
        inputs = _packed(model.source_embedding(source.ids), source.lengths)
        traced = trace(model.encoder, inputs, interventions=held_alone(held))
        rows, last = np.arange(len(source.lengths)), source.lengths.numpy() - 1
        names = [name for name in ("hidden", "memory") if name in traced]
        ends = [torch.from_numpy(traced[name].values[:, 0, rows, last]) for name in names]
        return DecoderState(ends[0][-1], (ends[0], ends[1]) if len(ends) == 2 else ends[0])

    def _pairs(self, texts: Sequence[str]) -> tuple[Source, list[Target]]:
        sources, targets = [], []
        for text in texts:
            source, tab, target = text.partition("\t")
            if not tab:
                raise ExplorerError(
                    "A line of a corpus for this model is a sentence, a tab and its translation; "
                    "this one has no tab: {line}",
                    line=text[:80],
                )
            sentence = read_source(self.translator, source)
            tokens = target_tokens(self.translator, target.partition("\t")[0])
            sources.append(sentence.numbers)
            targets.append(read_target(self.translator, sentence, tokens))
        return self._source(sources), targets

    def _source(self, numbers: Sequence[Sequence[int]]) -> Source:
        return source_batch(numbers, pad=self.translator.source.number(PAD))

    def _read_targets(self, targets: Sequence[Target]) -> _Written:
        begin, end, pad = (self.translator.target.number(token) for token in (BOS, EOS, PAD))
        ids = [torch.tensor([begin, *target.numbers, end]) for target in targets]
        lengths = torch.tensor([len(some) - 1 for some in ids])
        padded = pad_sequence(ids, batch_first=True, padding_value=pad)  # (B, T + 1)
        return _Written(padded[:, :-1], lengths, _packed(padded[:, 1:], lengths))

    def _inputs(self, read: _Written, context: Tensor) -> PackedSequence:
        """What the decoder reads at each step: a token, and the context."""
        embedded = self.translator.model.target_embedding(read.ids)  # (B, T, E)
        repeated = context[:, None].expand(-1, read.ids.shape[1], -1)  # (B, T, H)
        return _packed(torch.cat([embedded, repeated], -1), read.lengths)


def _packed(inputs: Tensor, lengths: Tensor) -> PackedSequence:
    return pack_padded_sequence(inputs, lengths, batch_first=True, enforce_sorted=False)
