"""Three output layers over the same states: a matrix of its own, the embedding's, and by frequency.

A GRU predicts the words of the project's story. Its state is compared with a vector for every word
of the vocabulary, and these vectors are most of the model's weights. They can be those by which the
words are read (Press and Wolf, 2017), or rare words can share few dimensions (adaptive softmax,
Grave et al., 2017).
"""

import re
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files

import torch
from torch import Tensor, nn

from explorer.locale import N_

SIZE, STEPS, BATCH, UPDATES = 64, 20, 16, 250


def story() -> tuple[Tensor, Tensor, int]:
    """The story's words as numbers, the most frequent first: a part to learn, a part to test."""
    text = files("explorer.text").joinpath("story.txt").read_text(encoding="utf-8").lower()
    words = re.findall(r"[a-z]+|[^\sa-z]", text)
    ranks = {word: rank for rank, (word, _) in enumerate(Counter(words).most_common())}
    numbers = torch.tensor([ranks[word] for word in words])
    tested = len(numbers) // 10
    return numbers[:-tested], numbers[-tested:], len(ranks)


class Dense(nn.Module):
    """log softmax of W h + b; with ``shared``, W is the matrix of that embedding."""

    def __init__(self, words: int, *, shared: nn.Embedding | None = None) -> None:
        super().__init__()
        self.linear = nn.Linear(SIZE, words)
        if shared is not None:
            self.linear.weight = shared.weight

    def forward(self, states: Tensor, words: Tensor) -> Tensor:
        """The cross-entropy of words (n,) after states (n, H), in nats."""
        return nn.functional.cross_entropy(self.linear(states), words)


class Adaptive(nn.Module):
    """Words beyond the first 100 in two groups of a quarter and a sixteenth of the dimensions."""

    def __init__(self, words: int) -> None:
        super().__init__()
        self.softmax = nn.AdaptiveLogSoftmaxWithLoss(SIZE, words, cutoffs=[100, 500])

    def forward(self, states: Tensor, words: Tensor) -> Tensor:
        """The cross-entropy of words (n,) after states (n, H), in nats."""
        loss: Tensor = self.softmax(states, words).loss
        return loss


def train(kind: str, numbers: Tensor, words: int) -> tuple[nn.Embedding, nn.GRU, nn.Module]:
    """Embedding, GRU and output layer after ``UPDATES`` minibatches."""
    torch.manual_seed(0)
    embedding, rnn = nn.Embedding(words, SIZE), nn.GRU(SIZE, SIZE, batch_first=True)
    nn.init.normal_(embedding.weight, std=0.1)
    layers = {
        "own": lambda: Dense(words),
        "shared": lambda: Dense(words, shared=embedding),
        "adaptive": lambda: Adaptive(words),
    }
    output: nn.Module = layers[kind]()
    parts = nn.ModuleList([embedding, rnn, output])
    optimizer = torch.optim.Adam(parts.parameters(), lr=0.005)
    for _ in range(UPDATES):
        starts = torch.randint(len(numbers) - STEPS, (BATCH,))
        rows = numbers[starts[:, None] + torch.arange(STEPS + 1)]  # (B, T + 1)
        states, _ = rnn(embedding(rows[:, :-1]))
        optimizer.zero_grad()
        output(states.flatten(0, 1), rows[:, 1:].flatten()).backward()
        optimizer.step()
    return embedding, rnn, output


def perplexity(kind: str) -> tuple[int, float]:
    """The weights that only the output layer has, and the perplexity on words not learned from."""
    numbers, tested, words = story()
    embedding, rnn, output = train(kind, numbers, words)
    own = {id(p): p.numel() for p in output.parameters()}
    own.pop(id(embedding.weight), None)
    with torch.no_grad():
        states, _ = rnn(embedding(tested[None, :-1]))
        return sum(own.values()), float(output(states[0], tested[1:]).exp())


def answer() -> Iterator[tuple[str, float]]:
    """The perplexity with each output layer, and the weights that it adds."""
    for kind, name, weights in (
        ("own", N_("perplexity with a matrix of its own"), N_("weights of its own matrix")),
        (
            "shared",
            N_("perplexity with the embedding’s matrix"),
            N_("weights beside the embedding’s"),
        ),
        ("adaptive", N_("perplexity with adaptive softmax"), N_("weights of adaptive softmax")),
    ):
        added, reached = perplexity(kind)
        yield name, reached
        yield weights, added
