"""What the trainer asks of a task."""

from typing import Any, NamedTuple, Protocol, TypeVar

import torch
from torch import Tensor, nn

from explorer.models.card import Figures
from explorer.models.seq2seq import Source
from explorer.text.vocabulary import Vocabulary

M_contra = TypeVar("M_contra", bound=nn.Module, contravariant=True)


class Batch(NamedTuple):
    """What one update learns from."""

    inputs: Tensor  # (B, T) token numbers
    targets: Tensor  # (B, T) the token that comes next
    weights: Tensor  # (B, T) how much each of them counts in the loss; they sum to about 1
    follows: bool  # whether it goes on where the batch before it stopped
    source: Source | None = None  # what an encoder reads before, if the model has one

    def to(self, device: str | torch.device) -> "Batch":
        """The same for a model on ``device``."""
        inputs, targets, weights = (part.to(device) for part in self[:3])
        source = None if self.source is None else self.source.to(device)
        return Batch(inputs, targets, weights, self.follows, source)


class Task(Protocol[M_contra]):
    """Something to learn for models of a class.

    It has batches, each decided by its step alone, and a way to keep score.
    """

    @property
    def vocabulary(self) -> Vocabulary:
        """The tokens that the model predicts."""
        ...

    @property
    def epoch_steps(self) -> int:
        """Updates in one epoch."""
        ...

    @property
    def measure(self) -> str:
        """What `score` measures, with its unit."""
        ...

    def batch(self, step: int) -> Batch:
        """The batch of update ``step``, the same one whenever it is asked for."""
        ...

    def loss(self, model: M_contra, batch: Batch, state: Any) -> tuple[Tensor, Any]:
        """The weighted loss, nats, and the state behind the batch; padding weighs nothing.

        Args:
            model: What learns.
            batch: What from, on the model's device.
            state: What the call for the batch before gave, where this one follows it; or None.
        """
        ...

    def score(self, model: M_contra) -> float:
        """How far the model is from perfect on data that it does not learn from: less is better."""
        ...

    def figures(self, model: M_contra) -> Figures:
        """What the model's card reports of it."""
        ...
