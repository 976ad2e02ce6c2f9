"""The encoder's final state of each of several sentences, as plain arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from explorer.models.recurrent import State
from explorer.models.seq2seq import Source
from explorer.seq2seq.model_input import read_source
from explorer.seq2seq.scorer import source_batch
from explorer.seq2seq.translator import Translator
from explorer.text.vocabulary import EOS, PAD

BATCH = 64  # sentences read at once

Array = np.ndarray


def double(values: Array) -> Tensor:
    """Values in float64, as a tensor.

    Products and decompositions of states are torch's: NumPy's take all cores and wait for each
    other, which made one SVD 20 to 60 times slower beside a busy neighbour.
    """
    return torch.from_numpy(np.asarray(values, dtype=np.float64))


@dataclass(frozen=True)
class States:
    """What the encoder hands over for each of N sentences.

    Attributes:
        tokens: What it read, ``<eos>`` at the end, ``<name>`` and ``<number>`` for names and
            numbers that it does not know; N of them.
        hidden: The final hidden states of all layers, (N, L, H).
        memory: The final memory cells of an LSTM, (N, L, H); None for other cells.
    """

    tokens: tuple[tuple[str, ...], ...]
    hidden: Array
    memory: Array | None

    @property
    def context(self) -> Array:
        """The context variable of every sentence: the last layer's hidden state, (N, H)."""
        context: Array = self.hidden[:, -1]
        return context


@torch.inference_mode()
def encode(translator: Translator, texts: Sequence[str]) -> States:
    """The encoder's final states of sentences, each as it would be alone.

    Source: *Dive into Deep Learning*, section 9.6.

    Args:
        translator: The model with its words.
        texts: At least one sentence.

    Raises:
        ExplorerError: A text has no words, or too many.
    """
    read = [(*read_source(translator, text).hidden, EOS) for text in texts]
    parts = [
        translator.model.encode(batch(translator, read[at : at + BATCH])).state
        for at in range(0, len(read), BATCH)
    ]
    hidden, *memory = (_joined(some) for some in zip(*map(_split, parts), strict=True))
    return States(tuple(read), hidden, memory[0] if memory else None)


def batch(translator: Translator, read: Sequence[tuple[str, ...]]) -> Source:
    """Sentences as tokens, side by side for the encoder."""
    vocabulary = translator.source
    source = source_batch([vocabulary.encode(some) for some in read], pad=vocabulary.number(PAD))
    return source.to(translator.model.head_bias.device)


def _split(state: State) -> tuple[Tensor, ...]:
    """Hidden state, and memory if there is one, (L, B, H) each."""
    return (state,) if isinstance(state, Tensor) else state


def _joined(parts: Sequence[Tensor]) -> Array:
    """The batches of one part of the state as one array, (N, L, H)."""
    joined: Array = torch.cat(list(parts), 1).transpose(0, 1).cpu().numpy()
    return joined
