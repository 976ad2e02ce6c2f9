"""Recurrent networks that read both ways: several layers, and directions of different sizes.

Every position of a random sequence is to be told whether its symbol stands both before and after
it. A network that reads forward has seen nothing of what comes after.
"""

from collections.abc import Iterator

import torch
from torch import Tensor, nn

from explorer.locale import N_

SYMBOLS, STEPS, UPDATES, BATCH, TESTED = 12, 16, 400, 64, 512


def task(count: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Sequences (n, T) of symbols, and at every position whether its symbol is on both sides."""
    symbols = torch.randint(SYMBOLS, (count, STEPS), generator=generator)
    same = symbols[:, :, None] == symbols[:, None, :]  # (n, T, T)
    before, after = same.tril(-1).any(2), same.triu(1).any(2)
    return symbols, before & after


class Tagger(nn.Module):
    """A forward and a backward network of ``layers`` layers, whose states stand side by side.

    torch's own bidirectional modules give both directions the same size. Layers written one by one
    need not: the states of a layer are concatenated, so their sizes add up, and the next layer
    reads all of them in both directions.
    """

    def __init__(self, forward_units: int, backward_units: int, *, layers: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(SYMBOLS, 16)
        both = forward_units + backward_units
        sizes = [16] + [both] * (layers - 1)
        self.onward = nn.ModuleList(nn.GRU(i, forward_units, batch_first=True) for i in sizes)
        self.back = nn.ModuleList(
            nn.GRU(i, backward_units, batch_first=True) for i in sizes if backward_units
        )
        self.head = nn.Linear(both, 1)

    def states(self, symbols: Tensor) -> Tensor:
        """The states of the last layer, (n, T, forward + backward units)."""
        states: Tensor = self.embedding(symbols)
        for number, onward in enumerate(self.onward):
            read = [onward(states)[0]]
            if self.back:
                read.append(self.back[number](states.flip(1))[0].flip(1))
            states = torch.cat(read, 2)
        return states

    def forward(self, symbols: Tensor) -> Tensor:
        """For each position log odds (n, T) that its symbol is on both sides."""
        scores: Tensor = self.head(self.states(symbols))[..., 0]  # (n, T)
        return scores


def accuracy(forward_units: int, backward_units: int, *, layers: int) -> float:
    """Of a trained network on sequences that it has not seen."""
    torch.manual_seed(0)
    generator = torch.Generator().manual_seed(1)
    model = Tagger(forward_units, backward_units, layers=layers)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(UPDATES):
        symbols, on_both_sides = task(BATCH, generator)
        loss = nn.functional.binary_cross_entropy_with_logits(model(symbols), on_both_sides.float())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    symbols, on_both_sides = task(TESTED, generator)
    with torch.no_grad():
        return float(((model(symbols) > 0) == on_both_sides).float().mean())


def answer() -> Iterator[tuple[str, float]]:
    """The share of positions that each network gets right."""
    _symbols, on_both_sides = task(TESTED, torch.Generator().manual_seed(2))
    yield N_("always no"), float((~on_both_sides).float().mean())
    yield N_("1 layer, 48 units forward"), accuracy(48, 0, layers=1)
    yield N_("1 layer, 24 units forward and 24 backward"), accuracy(24, 24, layers=1)
    yield N_("1 layer, 36 units forward and 12 backward"), accuracy(36, 12, layers=1)
    yield N_("2 layers, 24 units forward and 24 backward each"), accuracy(24, 24, layers=2)
