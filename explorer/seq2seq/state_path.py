"""The encoder's state after each word of a sentence."""

from dataclasses import dataclass

import numpy as np
import torch

from explorer.seq2seq.encoder_states import Array, batch
from explorer.seq2seq.model_input import read_source
from explorer.seq2seq.translator import Translator
from explorer.text.vocabulary import EOS


@dataclass(frozen=True)
class Path:
    """The hidden state of the last layer after every token of a sentence.

    Attributes:
        tokens: What the encoder read, S of them, ``<eos>`` the last.
        states: (S, H); the last row is the context variable.
    """

    tokens: tuple[str, ...]
    states: Array

    @property
    def lengths(self) -> Array:
        """How far each token moved the state, (S,): the Euclidean distance from the state before.

        Before the first token the state is zero.
        """
        steps = np.diff(self.states, axis=0, prepend=np.zeros_like(self.states[:1]))  # (S, H)
        distances: Array = np.linalg.norm(steps, axis=1)
        return distances


@torch.inference_mode()
def path(translator: Translator, text: str) -> Path:
    """The way of the state through a sentence.

    Raises:
        ExplorerError: There is no word in the text, or there are too many.
    """
    model = translator.model
    tokens = (*read_source(translator, text).hidden, EOS)
    embedded = model.source_embedding(batch(translator, [tokens]).ids)  # (1, S, E)
    hidden, _ = model.encoder(embedded)  # (1, S, H)
    return Path(tokens, hidden[0].cpu().numpy())
