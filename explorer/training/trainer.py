"""Trains a model on a task, epoch by epoch, and keeps the best weights.

The same seed gives the same weights.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from torch import Tensor, nn

from explorer.errors import ExplorerError
from explorer.models.card import Point
from explorer.training.plan import Plan
from explorer.training.task import Batch, Task

M = TypeVar("M", bound=nn.Module)


class Update(NamedTuple):
    """What one step of the optimiser was like."""

    loss: float  # nats, before the step
    norm: float  # of the gradient, before it was clipped


Tick = Callable[[Update], None]
"""Called after every update."""


class DivergedError(ExplorerError):
    """A loss or a gradient is not finite. The weights are those before the update ``step``."""


@dataclass
class Trainer(Generic[M]):
    """A training run between two epochs: everything that the next epoch depends on.

    Args:
        model: What is trained, in place.
        task: What it learns.
        plan: How it is optimised.
        device: Where to compute; the model is moved there.
    """

    model: M
    task: Task[M]
    plan: Plan
    device: str = "cpu"
    step: int = 0
    curve: list[Point] = field(default_factory=list)
    best: dict[str, Tensor] = field(default_factory=dict)
    mean: dict[str, Tensor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.model.to(self.device)
        self.optimiser = self.plan.optimise(self.model)

    @property
    def steps(self) -> int:
        """Updates in the whole run."""
        return self.plan.epochs * self.task.epoch_steps

    def epoch(self, tick: Tick = lambda update: None) -> Point:
        """Learn for one epoch, keep score, and keep the weights if none before were better.

        Over the last ``plan.average`` epochs, what is scored and kept is the mean of the weights
        at the ends of these epochs so far.

        Raises:
            DivergedError: A loss or a gradient is not finite.
        """
        losses = []
        for update in self.updates():
            losses.append(update.loss)
            tick(update)
        self.mean = self._averaged()
        score = self._score(self.mean)
        point = Point(self.step, round(sum(losses) / len(losses), 4), round(score, 5))
        self.curve.append(point)
        if best(self.curve) == point:
            self.best = self.mean
        return point

    def updates(self) -> Iterator[Update]:
        """Learn for one epoch, update by update, as far as it is asked for.

        Raises:
            DivergedError: A loss or a gradient is not finite.
        """
        state = None
        for _ in range(self.task.epoch_steps):
            self.model.train()
            update, state = self._update(self.task.batch(self.step), state)
            yield update

    def _averaged(self) -> dict[str, Tensor]:
        """The mean over the last epochs' ends, this one included; before them, this one's."""
        epoch = len(self.curve) + 1
        count = max(1, epoch - max(0, self.plan.epochs - self.plan.average))
        weights = self.model.state_dict()
        if count == 1:
            return {name: w.clone() for name, w in weights.items()}
        return {name: mean.lerp(weights[name], 1 / count) for name, mean in self.mean.items()}

    def _score(self, weights: dict[str, Tensor]) -> float:
        """The score of the model with other weights; after it, the model has its own again."""
        own = {name: w.clone() for name, w in self.model.state_dict().items()}
        self.model.eval().load_state_dict(weights)
        score = self.task.score(self.model)
        self.model.load_state_dict(own)
        return score

    def _update(self, batch: Batch, state: Any) -> tuple[Update, Any]:
        """One step of the optimiser; the state goes on to the next batch without its gradient."""
        for group in self.optimiser.param_groups:
            group["lr"] = self.plan.learning_rate(self.step, self.steps)
        batch = batch.to(self.device)
        loss, state = self.task.loss(self.model, batch, state if batch.follows else None)
        self.optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        update = Update(loss.item(), self.plan.clipped(self.model))
        if not all(map(math.isfinite, update)):
            raise DivergedError(
                "The training diverged at update {step}: its loss or gradient is no longer "
                "finite. Try a lower learning rate or a smaller clipping norm.",
                step=self.step,
            )
        self.optimiser.step()
        self.step += 1
        return update, _detached(state)


def best(curve: Sequence[Point]) -> Point:
    """The point with the lowest score; of equals the last, which was trained for longer."""
    return min(reversed(curve), key=lambda point: point.score)


def _detached(state: Any) -> Any:
    """A state of tensors in tuples, without the way by which it came about; none stays none."""
    if isinstance(state, tuple):
        return tuple(map(_detached, state))
    return None if state is None else state.detach()
