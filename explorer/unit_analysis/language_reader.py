"""A language model of ours, as an analysis reads with it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import torch
import xarray as xr
from torch import Tensor
from torch.nn.utils.rnn import pack_sequence

from explorer.models.language_model import LanguageModel
from explorer.recurrence.quantities import QUANTITIES
from explorer.recurrence.trace import trace
from explorer.text.vocabulary import Vocabulary
from explorer.unit_analysis.long_batches import series
from explorer.unit_analysis.passages import in_batches
from explorer.unit_analysis.reader import Array, Cost, Held, Read, UnitsRead, holding
from explorer.unit_analysis.series import Place

_TOGETHER = 16  # texts traced side by side
_MOST_BYTES = 128 * 2**20  # of one trace where units are held


@dataclass(frozen=True)
class LanguageReader:
    """Reads tokens, mostly characters, each of which is predicted from those before it.

    Attributes:
        model: In eval mode.
        vocabulary: The names of its tokens.
    """

    model: LanguageModel
    vocabulary: Vocabulary

    def read(self, texts: Sequence[str]) -> list[Read]:
        """Each text from a state of zeros."""
        return list(chain.from_iterable(map(self._read, in_batches(texts, _TOGETHER))))

    def read_units(self, texts: Sequence[str], places: Sequence[Place]) -> list[UnitsRead]:
        """The same for some units alone, many texts side by side."""
        tokens = [self.vocabulary.read(text) for text in texts]
        ids = [torch.tensor(self.vocabulary.encode(some)) for some in tokens]
        found = series(self.model.rnn, self.model.inputs, ids, places)
        return [UnitsRead(*one) for one in zip(tokens, found, strict=True)]

    @torch.inference_mode()
    def _read(self, texts: Sequence[str]) -> list[Read]:
        tokens = [self.vocabulary.read(text) for text in texts]
        inputs = [self._inputs(some) for some in tokens]  # (T, V) each
        traced = trace(self.model.rnn, pack_sequence(inputs, enforce_sorted=False))
        return [Read(some, alone(traced, row)) for row, some in enumerate(tokens)]

    def costs(self, texts: Sequence[str], held: Sequence[Held]) -> list[Cost]:
        """What each token but the first costs."""
        return [self._cost(self.vocabulary.read(text), held) for text in texts]

    @torch.inference_mode()
    def _cost(self, tokens: tuple[str, ...], held: Sequence[Held]) -> Cost:
        ids = torch.tensor(self.vocabulary.encode(tokens))  # (T,)
        inputs = self._inputs(tokens)[None]  # (1, T, V)
        rows = [self._bits(inputs, ids, ())]
        rows += [self._bits(inputs, ids, some) for some in in_batches(held, self._rows(len(ids)))]
        return Cost(tokens[1:], np.concatenate(rows))

    def _bits(self, inputs: Tensor, ids: Tensor, held: Sequence[Held]) -> Array:
        """−log₂ p of all but the first, (R, T − 1), with each unit held; (1, T − 1) with none."""
        rows = inputs.expand(max(1, len(held)), -1, -1)
        traced = trace(self.model.rnn, rows, interventions=holding(held))
        hidden = torch.from_numpy(traced["hidden"].values[-1, 0])  # (R, T, H)
        bits = [self._surprise(row[:-1], ids[1:]) for row in hidden]
        return torch.stack(bits).numpy()

    def _surprise(self, hidden: Tensor, ids: Tensor) -> Tensor:
        log_probs = self.model.scores(hidden).log_softmax(-1)  # (T − 1, V)
        bits: Tensor = -log_probs.gather(1, ids[:, None])[:, 0] / math.log(2)
        return bits

    def _inputs(self, tokens: Sequence[str]) -> Tensor:
        return self.model.inputs(torch.tensor([self.vocabulary.encode(tokens)]))[0]

    def _rows(self, steps: int) -> int:
        """How many copies of a text are traced side by side."""
        sizes = self.model.architecture
        values = sizes.layers * sizes.hidden_size * len(QUANTITIES[sizes.cell])
        return max(1, min(32, _MOST_BYTES // (4 * values * max(1, steps))))


def alone(trace: xr.Dataset, row: int) -> xr.Dataset:
    """One sequence of a trace, without what lies beyond its end."""
    one = trace.isel(batch=slice(row, row + 1))
    return one.isel(step=slice(int(one["length"].values[0])))
