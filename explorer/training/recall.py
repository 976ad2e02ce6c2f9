"""The recall language as a task: batches of it, and accuracy by situation and lag."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import torch
from torch import Tensor

from explorer.models.card import Figures
from explorer.models.language_model import LanguageModel
from explorer.text import recall
from explorer.text.vocabulary import Vocabulary
from explorer.training.loss import next_token
from explorer.training.task import Batch

LAGS = (5, 10, 20, 50, 100, 200)
BY_THE_WAY = 0.05  # what the guesses at everything but answers count, all together
EXAMINATION = 1_000_000  # the seed of the texts that figures are measured on


@dataclass(frozen=True)
class Recall:
    """All three situations and free mixtures of them, their lags growing as training goes on.

    Args:
        sequences: B, texts in a batch.
        epoch_steps: Updates that are called an epoch.
        growth: Updates over which the longest lag grows from 10 to 200, as a power of time; 0: all
            lags are there from the first update.
        examined: Texts that each accuracy on the card is measured on.
        seed: Decides the texts.
    """

    sequences: int
    epoch_steps: int
    growth: int
    examined: int
    seed: int

    measure = "share of wrong answers at lags 20, 100 and 200"

    loss = staticmethod(next_token)

    @property
    def vocabulary(self) -> Vocabulary:
        """The symbols of the language."""
        return recall.VOCABULARY

    def batch(self, step: int) -> Batch:
        """Texts of about one length, so that little of the batch is padding."""
        random = Random(f"{self.seed} {step}")
        longest = 10 * 20 ** (min(1.0, step / self.growth) if self.growth else 1.0)
        lag = int(recall.SHORTEST * (longest / recall.SHORTEST) ** random.random())
        makers = (*recall.SITUATIONS.values(), recall.free)
        texts = [
            makers[n % len(makers)](random, random.randint(max(recall.SHORTEST, lag // 2), lag))
            for n in range(self.sequences)
        ]
        return _batch([text + recall.answer(text) if text[-1] == "?" else text for text in texts])

    def score(self, model: LanguageModel) -> float:
        """The share of wrong answers over the situations, at three lags."""
        measured = [
            accuracy(model, situation, lag, texts=100, seed=self.seed)
            for situation in recall.SITUATIONS
            for lag in (20, 100, 200)
        ]
        return 1 - sum(measured) / len(measured)

    def figures(self, model: LanguageModel) -> Figures:
        """Accuracy by situation and lag."""
        by_lag = {
            situation: {
                str(lag): round(accuracy(model, situation, lag, texts=self.examined), 4)
                for lag in LAGS
            }
            for situation in recall.SITUATIONS
        }
        return {"accuracy": by_lag, "texts for each accuracy": self.examined}


def accuracy(
    model: LanguageModel, situation: str, lag: int, *, texts: int, seed: int = EXAMINATION
) -> float:
    """The share of questions whose answer is the model's likeliest next token.

    Args:
        model: A model of the recall language.
        situation: One of `explorer.text.recall.SITUATIONS`.
        lag: Tokens between what decides the answer and the question.
        texts: How many to ask.
        seed: Decides the texts; that of the figures is one that no training uses.
    """
    random = Random(f"{seed} {situation} {lag}")
    asked = [recall.SITUATIONS[situation](random, lag) for _ in range(texts)]
    right = 0
    for start in range(0, texts, 250):
        some = asked[start : start + 250]
        right += sum(map(str.__eq__, answers(model, some), map(recall.answer, some)))
    return right / texts


def answers(model: LanguageModel, texts: Sequence[str]) -> list[str]:
    """The model's likeliest next token after each text."""
    return list(recall.VOCABULARY.decode(_next(model, texts).argmax(-1).tolist()))


def if_asked(model: LanguageModel, text: str) -> list[float]:
    """The probability of the right answer, were the question asked after each token, T of them."""
    prefixes = [text[:end] for end in range(1, len(text) + 1)]
    right = torch.tensor(recall.VOCABULARY.encode([recall.answer(some) for some in prefixes]))
    p = _next(model, [f"{some}?" for some in prefixes]).softmax(-1)  # (T, V)
    found: list[float] = p.gather(1, right[:, None])[:, 0].tolist()
    return found


@torch.inference_mode()
def _next(model: LanguageModel, texts: Sequence[str]) -> Tensor:
    """The logits of what follows each text, (B, V)."""
    ids = _padded(texts).to(model.device)  # (B, T)
    last = torch.tensor([len(text) - 1 for text in texts])
    logits, _ = model(ids)  # (B, T, V)
    following: Tensor = logits[torch.arange(len(texts)), last]
    return following


def _padded(texts: Sequence[str]) -> Tensor:
    """Token numbers of the texts, zeros behind their ends, (B, T)."""
    numbers = [torch.tensor(recall.VOCABULARY.encode(text)) for text in texts]
    return torch.nn.utils.rnn.pad_sequence(numbers, batch_first=True)


def _batch(texts: Sequence[str]) -> Batch:
    """Next tokens as targets: answers share a weight of 1, all others `BY_THE_WAY`."""
    ids = _padded(texts)
    inputs, targets = ids[:, :-1], ids[:, 1:]  # (B, T)
    asked = inputs == recall.VOCABULARY.encode("?")[0]
    ends = torch.tensor([len(text) - 1 for text in texts])[:, None]
    others = ~asked & (torch.arange(inputs.shape[1]) < ends)
    weights = asked / asked.sum() + BY_THE_WAY * others / others.sum()
    return Batch(inputs, targets, weights, follows=False)
