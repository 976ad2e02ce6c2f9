"""The adding problem: of a hundred numbers two are marked, and their sum is asked for at the end.

Source: Hochreiter and Schmidhuber 1997, *Long short-term memory*, section 5.4, with numbers from
[0, 1): one marked number lies in the first half and one in the second.
"""

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn.functional import mse_loss

from explorer.models.architecture import Cell
from explorer.models.recurrent import layers
from explorer.training.plan import Plan

_TRAINING = 1_000_000  # where the seeds of training examples begin
GUESSING = 1 / 6  # the squared error of always answering 1, the mean of the sum


class Adder(nn.Module):
    """One recurrent layer over numbers and marks, and a linear head on its last hidden state.

    It starts as PyTorch starts it.

    Args:
        cell: The kind of recurrent cell.
        units: H, hidden units.
    """

    def __init__(self, cell: Cell, units: int) -> None:
        super().__init__()
        self.rnn = layers(cell, 2, units, layers=1, dropout=0.0)
        self.head = nn.Linear(units, 1)

    def forward(self, inputs: Tensor) -> Tensor:
        """What the marked numbers of (B, T, 2) add up to, (B,)."""
        sums: Tensor = self.head(self.rnn(inputs)[0][:, -1])[:, 0]
        return sums


def examples(seed: int, count: int, steps: int) -> tuple[Tensor, Tensor]:
    """Numbers with marks beside them, (count, steps, 2), and the sums that are asked for, (count,).

    Args:
        seed: Decides them.
        count: How many.
        steps: T, even.
    """
    random = torch.Generator().manual_seed(seed)
    inputs = torch.zeros(count, steps, 2)
    inputs[..., 0] = torch.rand(count, steps, generator=random)
    for half in range(2):
        marked = torch.randint(steps // 2, (count,), generator=random) + half * (steps // 2)
        inputs[torch.arange(count), marked, 1] = 1.0
    return inputs, inputs.prod(-1).sum(1)


def learn(
    model: Adder,
    plan: Plan,
    *,
    seed: int,
    steps: int,
    batch: int,
    updates: int,
    tick: Callable[[int], None],
) -> None:
    """Learn in place, from new examples in every update.

    Args:
        model: Starts as it is.
        plan: How; its epochs are one.
        seed: Decides the examples, none of which `error` asks for.
        steps: T.
        batch: Examples in an update.
        updates: How many.
        tick: Told after every update how many were made.
    """
    optimiser = plan.optimise(model)
    for update in range(updates):
        for group in optimiser.param_groups:
            group["lr"] = plan.learning_rate(update, updates)
        inputs, sums = examples(_TRAINING * (seed + 1) + update, batch, steps)
        loss = mse_loss(model(inputs), sums)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        plan.clipped(model)
        optimiser.step()
        tick(update + 1)


@torch.inference_mode()
def error(model: Adder, *, seed: int, count: int, steps: int) -> float:
    """The mean squared error on ``count`` examples; arguments as of `examples`.

    A ``seed`` below a million gives examples that no training uses.
    """
    inputs, sums = examples(seed, count, steps)
    return mse_loss(model(inputs), sums).item()
