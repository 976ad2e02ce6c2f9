"""An encoder–decoder that translates nothing: it reads a number's words and writes its digits.

Encoder and decoder differ in layers and units here, so a linear map takes the encoder's last states
to the decoder's first one. In training the decoder reads the right digits, or its own.
"""

from collections.abc import Iterator

import torch
from torch import Tensor, nn

from explorer.locale import N_

# fmt: off
ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# fmt: on
WORDS = ("<pad>", "thousand", "hundred", *ONES, *TENS)
LONGEST, DIGITS, BEGIN = 7, 4, 10
UPDATES, BATCH, TESTED = 500, 64, 1000


def words(number: int) -> list[str]:
    """Such as seven thousand three hundred forty two."""
    for size, name in ((1000, "thousand"), (100, "hundred")):
        if number >= size:
            return [*words(number // size), name, *words(number % size)]
    if number >= 20:
        return [TENS[number // 10 - 2], *words(number % 10)]
    return [ONES[number - 1]] if number else []


def pairs(chosen: Tensor) -> tuple[Tensor, Tensor]:
    """The words of numbers (n, T), filled up in front, and their digits (n, 4)."""
    sources = [[WORDS.index(word) for word in words(int(number))] for number in chosen]
    padded = [[0] * (LONGEST - len(source)) + source for source in sources]
    places = torch.tensor([1000, 100, 10, 1])
    return torch.tensor(padded), chosen[:, None] // places % 10


class EncoderDecoder(nn.Module):
    """Two GRU layers of 32 units read; one of 64 writes."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(len(WORDS), 16)
        self.encoder = nn.GRU(16, 32, num_layers=2, batch_first=True)
        self.bridge = nn.Linear(2 * 32, 64)
        self.digits = nn.Embedding(11, 16)
        self.decoder = nn.GRUCell(16, 64)
        self.head = nn.Linear(64, 10)

    def forward(self, sources: Tensor, targets: Tensor | None) -> Tensor:
        """Scores (n, 4, 10); without targets the decoder reads what it wrote itself."""
        _, states = self.encoder(self.words(sources))  # (2, n, 32)
        hidden = torch.tanh(self.bridge(torch.cat([*states], 1)))  # (n, 64)
        read = torch.full((len(sources),), BEGIN)
        scores = []
        for step in range(DIGITS):
            hidden = self.decoder(self.digits(read), hidden)
            scores.append(self.head(hidden))
            read = scores[-1].argmax(1) if targets is None else targets[:, step]
        return torch.stack(scores, 1)


def accuracy(*, forced: bool) -> float:
    """Of numbers not seen in training, the share that a model writes wholly right."""
    torch.manual_seed(0)
    model = EncoderDecoder()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    shuffled = torch.randperm(9999) + 1
    seen, tested = shuffled[TESTED:], shuffled[:TESTED]
    for _ in range(UPDATES):
        sources, targets = pairs(seen[torch.randint(len(seen), (BATCH,))])
        scores = model(sources, targets if forced else None)
        loss = nn.functional.cross_entropy(scores.flatten(0, 1), targets.flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    sources, targets = pairs(tested)
    with torch.no_grad():
        return float((model(sources, None).argmax(2) == targets).all(1).float().mean())


def answer() -> Iterator[tuple[str, float]]:
    """The share of numbers that are wholly right, by what the decoder read in training."""
    yield N_("trained with the right digits (teacher forcing)"), accuracy(forced=True)
    yield N_("trained with its own digits"), accuracy(forced=False)
