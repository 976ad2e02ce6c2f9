"""How weights are moved: the optimiser, its learning rate over time, clipping, decay."""

import math
from dataclasses import dataclass
from typing import Literal

import torch
from torch import nn
from torch.nn.utils import clip_grad_norm_, get_total_norm


@dataclass(frozen=True)
class Plan:
    """How to optimise.

    Args:
        epochs: How often to go through the data.
        rate: The learning rate at its highest.
        optimiser: AdamW with a warm-up and a cosine down to nothing, or plain stochastic gradient
            descent at a constant rate, as in the book.
        decay: Weight decay of the matrices; biases have none.
        clip: Largest norm of a gradient; None leaves every gradient as it is.
        warmup: Share of the updates over which AdamW's rate rises.
        average: Of how many last epochs the weights are averaged.
    """

    epochs: int
    rate: float
    optimiser: Literal["adamw", "sgd"] = "adamw"
    decay: float = 0.0
    clip: float | None = 1.0
    warmup: float = 0.05
    average: int = 1

    def learning_rate(self, step: int, steps: int) -> float:
        """The learning rate of update ``step`` of ``steps``."""
        if self.optimiser == "sgd":
            return self.rate
        rising = max(1, round(self.warmup * steps))
        if step < rising:
            return self.rate * (step + 1) / rising
        return self.rate * (1 + math.cos(math.pi * (step - rising) / (steps - rising))) / 2

    def optimise(self, model: nn.Module) -> torch.optim.Optimizer:
        """An optimiser for ``model``; its rate is to be set before every update."""
        if self.optimiser == "sgd":
            return torch.optim.SGD(model.parameters(), lr=self.rate)
        matrices = [p for p in model.parameters() if p.ndim > 1]
        biases = [p for p in model.parameters() if p.ndim == 1]
        groups = [
            {"params": matrices, "weight_decay": self.decay},
            {"params": biases, "weight_decay": 0.0},
        ]
        return torch.optim.AdamW(groups, lr=self.rate)

    def clipped(self, model: nn.Module) -> float:
        """Clip the gradient of ``model``, all its parts as one vector; its norm before that.

        Source: *Dive into Deep Learning*, section 8.5, on gradient clipping.
        """
        if self.clip is not None:
            return clip_grad_norm_(model.parameters(), self.clip).item()
        return get_total_norm([p.grad for p in model.parameters() if p.grad is not None]).item()
