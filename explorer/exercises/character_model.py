"""A small model of characters, trained on a text; what two programs beside it have in common."""

from dataclasses import dataclass
from importlib.resources import files

import torch
from torch import Tensor, nn

STEPS, BATCH, UPDATES = 32, 32, 300


def story() -> str:
    """The project's story, some 38,000 characters."""
    return files("explorer.text").joinpath("story.txt").read_text(encoding="utf-8")


class CharacterModel(nn.Module):
    """Predicts each next character; ``kind`` is nn.RNN, nn.GRU or nn.LSTM."""

    def __init__(self, kind: type[nn.RNNBase], characters: str, *, units: int, layers: int) -> None:
        super().__init__()
        self.characters = characters
        self.embedding = nn.Embedding(len(characters), 32)
        self.rnn = kind(32, units, layers, batch_first=True)  # type: ignore[arg-type]
        self.head = nn.Linear(units, len(characters))

    def numbers(self, text: str) -> Tensor:
        """The places (N,) of the characters of a text; others are left out."""
        return torch.tensor([self.characters.index(c) for c in text if c in self.characters])

    def forward(self, numbers: Tensor) -> Tensor:
        """Scores of what comes after each of numbers (B, T)."""
        scores: Tensor = self.head(self.rnn(self.embedding(numbers))[0])  # (B, T, characters)
        return scores

    def loss(self, rows: Tensor) -> Tensor:
        """The cross-entropy of rows (B, T + 1), in nats per character."""
        scores = self(rows[:, :-1])
        return nn.functional.cross_entropy(scores.flatten(0, 1), rows[:, 1:].flatten())

    @torch.no_grad()
    def bits(self, text: str) -> float:
        """Bits per character of a text."""
        return float(self.loss(self.numbers(text)[None]) / torch.log(torch.tensor(2.0)))

    @torch.no_grad()
    def greedy(self, prefix: str, length: int) -> str:
        """A prefix, continued by the likeliest character each time."""
        text = prefix
        for _ in range(length):
            text += self.characters[int(self(self.numbers(text)[None])[0, -1].argmax())]
        return text


@dataclass(frozen=True)
class Setting:
    """Hyperparameters."""

    kind: type[nn.RNNBase] = nn.GRU
    units: int = 64
    layers: int = 1
    rate: float = 0.005


def train(text: str, characters: str, setting: Setting = Setting()) -> CharacterModel:
    """A model after ``UPDATES`` minibatches from random places of a text."""
    torch.manual_seed(0)
    model = CharacterModel(setting.kind, characters, units=setting.units, layers=setting.layers)
    optimizer = torch.optim.Adam(model.parameters(), lr=setting.rate)
    numbers = model.numbers(text)
    for _ in range(UPDATES):
        starts = torch.randint(len(numbers) - STEPS, (BATCH,))
        optimizer.zero_grad()
        model.loss(numbers[starts[:, None] + torch.arange(STEPS + 1)]).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1)
        optimizer.step()
    return model
