"""A text split into what is learned from and what is held out."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from explorer.models.card import Figures
from explorer.models.language_model import LanguageModel
from explorer.text.tokens import characters
from explorer.text.vocabulary import Vocabulary
from explorer.training.loss import next_token

HELD_OUT = 0.1
CHUNK = 4096  # steps of evaluation at once: it bounds the memory and changes no number


@dataclass(frozen=True)
class Corpus:
    """A text as characters: the first nine tenths to learn from, the last tenth held out."""

    text: str

    @cached_property
    def _split(self) -> int:
        return len(self.text) - round(len(self.text) * HELD_OUT)

    @property
    def learned(self) -> str:
        """The training part."""
        return self.text[: self._split]

    @property
    def kept(self) -> str:
        """The held-out part."""
        return self.text[self._split :]

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The characters seen at least twice in the training part; one seen once is ``<unk>``."""
        return Vocabulary.from_tokens(characters(self.learned), minimum=2)

    @cached_property
    def training(self) -> Tensor:
        """The training part as token numbers, (N,)."""
        return self._numbers(self.learned)

    @cached_property
    def held_out(self) -> Tensor:
        """The held-out part as token numbers, (N,)."""
        return self._numbers(self.kept)

    def bits_per_character(self, model: LanguageModel) -> float:
        """Mean surprise over the whole held-out part, in bits per character.

        The model reads the part once from its beginning, its state carried all the way, and every
        character but the first is predicted. A character outside the vocabulary counts as
        ``<unk>``.
        """
        return bits_per_character(model, [self.held_out])

    def _numbers(self, text: str) -> Tensor:
        return torch.tensor(self.vocabulary.encode(characters(text)))


@dataclass(frozen=True)
class CorpusTask:
    """What every task of predicting a text's next character shares.

    Args:
        corpus: The text.
    """

    corpus: Corpus

    measure = "held-out bits per character"

    loss = staticmethod(next_token)

    @property
    def vocabulary(self) -> Vocabulary:
        """The characters of the corpus."""
        return self.corpus.vocabulary

    def score(self, model: LanguageModel) -> float:
        """Held-out bits per character."""
        return self.corpus.bits_per_character(model)

    def figures(self, model: LanguageModel) -> Figures:
        """Held-out bits per character."""
        return {self.measure: round(self.score(model), 4)}


def bits_per_character(model: LanguageModel, texts: Sequence[Tensor]) -> float:
    """Mean surprise over texts as token numbers, (N,) each, in bits per character.

    The model reads each text from a state of zeros, and every character but its first is predicted.
    """
    nats = sum(_nats(model, text.to(model.device)) for text in texts)
    return nats / math.log(2) / sum(len(text) - 1 for text in texts)


@torch.inference_mode()
def _nats(model: LanguageModel, ids: Tensor) -> float:
    """The summed surprise of a text, its state carried all the way."""
    state, nats = None, 0.0
    for start in range(0, len(ids) - 1, CHUNK):
        read = ids[None, start : start + CHUNK + 1]  # (1, N)
        logits, state = model(read[:, :-1], state)
        nats += cross_entropy(logits[0], read[0, 1:], reduction="sum").item()
    return nats
