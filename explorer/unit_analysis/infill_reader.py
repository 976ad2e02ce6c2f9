"""A model that fills in words, as an analysis reads sentences with one of its directions."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

import numpy as np
import torch
import xarray as xr
from torch import Tensor
from torch.nn.functional import cross_entropy, linear
from torch.nn.utils.rnn import pack_sequence

from explorer.cloze.filler import Filler
from explorer.models.infill import turn
from explorer.recurrence.trace import trace
from explorer.text.limits import check_length, check_some_tokens, check_tokens
from explorer.text.vocabulary import BOS, EOS
from explorer.text.words import tokenise
from explorer.unit_analysis.language_reader import alone
from explorer.unit_analysis.passages import in_batches
from explorer.unit_analysis.reader import Array, Cost, Held, Read, held_alone

Direction = Literal["forward", "backward"]

_TOGETHER = 64  # sentences read side by side


@dataclass(frozen=True)
class InfillReader:
    """Reads English sentences, what stands before a tab; each word is filled in from around it.

    Attributes:
        filler: The model with its words.
        direction: Whose units are looked at. A sentence's tokens and states stand in the order in
            which this direction reads them.
    """

    filler: Filler
    direction: Direction

    def read(self, texts: Sequence[str]) -> list[Read]:
        """Each sentence between ``<bos>`` and ``<eos>``.

        Raises:
            ExplorerError: There is no word in a sentence, or it is too long.
        """
        return list(chain.from_iterable(map(self._read, in_batches(texts, _TOGETHER))))

    def costs(self, texts: Sequence[str], held: Sequence[Held]) -> list[Cost]:
        """What each word and mark of a sentence costs, filled in from what stands around it."""
        batches = in_batches(texts, _TOGETHER)
        return list(chain.from_iterable(self._costs(some, held) for some in batches))

    @torch.inference_mode()
    def _read(self, texts: Sequence[str]) -> list[Read]:
        tokens = [self._tokens(text) for text in texts]
        traced = self._trace(self._ids(tokens), None)
        return [self._in_order(alone(traced, row), some) for row, some in enumerate(tokens)]

    def _in_order(self, traced: xr.Dataset, tokens: tuple[str, ...]) -> Read:
        """One sentence as this direction reads it."""
        if self.direction == "forward":
            return Read(tokens, traced.sel(direction=["forward"]))
        if self._reads == "backward":
            return Read(tokens[::-1], traced.assign_coords(direction=["backward"]))
        turned = traced.sel(direction=["backward"]).isel(step=slice(None, None, -1))
        return Read(tokens[::-1], turned.assign_coords(step=traced["step"].values))

    @torch.inference_mode()
    def _costs(self, texts: Sequence[str], held: Sequence[Held]) -> list[Cost]:
        tokens = [self._tokens(text) for text in texts]
        ids = self._ids(tokens)
        rows = [self._bits(ids, one) for one in (None, *held)]
        return [
            Cost(some[1:-1], np.stack([row[number] for row in rows]))
            for number, some in enumerate(tokens)
        ]

    def _bits(self, ids: Sequence[Tensor], held: Held | None) -> list[Array]:
        """−log₂ p of each token between a sentence's first and last, with a unit held."""
        model, lengths = self.filler.model, torch.tensor([len(some) - 2 for some in ids])
        states = torch.from_numpy(self._trace(ids, held)["hidden"].values[0])  # (D, B, T, H)
        valid = torch.arange(int(lengths.max())) < lengths[:, None]  # (B, T − 2)
        around = self._around(states, lengths + 2)[valid]  # (N, D · H)
        written = model.projection(around)  # (N, E)
        logits = linear(written, model.embedding.weight, model.head_bias)  # (N, V)
        wanted = torch.cat([some[1:-1] for some in ids])
        bits = cross_entropy(logits, wanted, reduction="none") / np.log(2)  # (N,)
        return [row.numpy() for row in bits.split(lengths.tolist())]

    def _around(self, states: Tensor, lengths: Tensor) -> Tensor:
        """Of what each direction holds, (D, B, T, H), what stands around each place, (B, T − 2, …).

        What a lone backward direction holds comes in the order in which it reads.
        """
        if self._reads == "backward":
            return turn(states[0], lengths)[:, 2:]
        behind = [states[1, :, 2:]] if self._reads == "both" else []
        return torch.cat([states[0, :, :-2], *behind], -1)

    def _trace(self, ids: Sequence[Tensor], held: Held | None) -> xr.Dataset:
        """Of sentences side by side, those that are only read backward turned round."""
        backward = self._reads == "backward"
        read = [self.filler.model.embedding(some.flip(0) if backward else some) for some in ids]
        change = () if held is None else held_alone(held, forward=backward)
        packed = pack_sequence(read, enforce_sorted=False)
        return trace(self.filler.model.rnn, packed, interventions=change)

    @property
    def _reads(self) -> str:
        return self.filler.model.architecture.reads

    def _tokens(self, text: str) -> tuple[str, ...]:
        sentence = text.partition("\t")[0]
        check_length(sentence)
        tokens = tokenise(sentence, "en")
        check_some_tokens(tokens)
        check_tokens(tokens)
        return (BOS, *self.filler.spelled(tokens), EOS)

    def _ids(self, tokens: Sequence[tuple[str, ...]]) -> list[Tensor]:
        return [torch.tensor(self.filler.vocabulary.encode(some)) for some in tokens]
