"""A translation model of ours, as an analysis reads sentence pairs with one of its halves."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

import numpy as np
import torch
import xarray as xr
from torch import Tensor
from torch.nn.utils.rnn import pack_padded_sequence, pad_sequence

from explorer.errors import ExplorerError
from explorer.models.seq2seq import Source
from explorer.recurrence.intervening import intervening
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
        ids, lengths = self._read_ids(targets)
        embedded = model.target_embedding(ids)  # (B, T, E)
        repeated = context[:, None].expand(-1, ids.shape[1], -1)  # (B, T, H)
        inputs = torch.cat([embedded, repeated], -1)
        traced = trace(model.decoder, _packed(inputs, lengths), state)
        return [(BOS, *target.tokens) for target in targets], traced

    @torch.inference_mode()
    def _costs(self, texts: Sequence[str], held: Sequence[Held]) -> list[Cost]:
        source, targets = self._pairs(texts)
        ids, _ = self._read_ids(targets)
        rows = [self._bits(source, ids, targets)]
        model = self.translator.model
        module = model.encoder if self.part == "encoder" else model.decoder
        for one in held:
            with intervening(model, held_alone(one), module=module):
                rows.append(self._bits(source, ids, targets))
        return [
            Cost((*target.tokens, EOS), np.stack([row[number] for row in rows]))
            for number, target in enumerate(targets)
        ]

    def _bits(self, source: Source, ids: Tensor, targets: Sequence[Target]) -> list[Array]:
        """−log₂ p of each target's tokens and its end."""
        logits, _ = self.translator.model(ids, source)  # (B, T, V)
        end = self.translator.target.number(EOS)
        found = []
        for row, target in zip(logits.log_softmax(-1), targets, strict=True):
            wanted = torch.tensor([*target.numbers, end])
            bits = -row[: len(wanted)].gather(1, wanted[:, None])[:, 0] / np.log(2)
            found.append(bits.numpy())
        return found

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

    def _read_ids(self, targets: Sequence[Target]) -> tuple[Tensor, Tensor]:
        """What the decoder reads, (B, T), and how long each is."""
        begin, pad = (self.translator.target.number(token) for token in (BOS, PAD))
        ids = [torch.tensor([begin, *target.numbers]) for target in targets]
        lengths = torch.tensor([len(some) for some in ids])
        return pad_sequence(ids, batch_first=True, padding_value=pad), lengths


def _packed(inputs: Tensor, lengths: Tensor) -> "torch.nn.utils.rnn.PackedSequence":
    return pack_padded_sequence(inputs, lengths, batch_first=True, enforce_sorted=False)
