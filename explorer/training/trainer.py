"""Trains any language model on any task, epoch by epoch, and keeps the best weights.

Knows nothing of recipes, cards or files. The same seed gives the same weights.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from torch import Tensor
from torch.nn.functional import cross_entropy
from torch.nn.utils import clip_grad_norm_

from explorer.models.card import Point
from explorer.models.language_model import LanguageModel, State
from explorer.training.plan import Plan
from explorer.training.task import Batch, Task

Tick = Callable[[float], None]
"""Called after every update with its loss in nats."""


@dataclass
class Trainer:
    """A training run between two epochs: everything that the next epoch depends on.

    Args:
        model: What is trained, in place.
        task: What it learns.
        plan: How it is optimised.
        device: Where to compute; the model is moved there.
    """

    model: LanguageModel
    task: Task
    plan: Plan
    device: str = "cpu"
    step: int = 0
    curve: list[Point] = field(default_factory=list)
    best: dict[str, Tensor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.model.to(self.device)
        self.optimiser = self.plan.optimise(self.model)

    @property
    def steps(self) -> int:
        """Updates in the whole run."""
        return self.plan.epochs * self.task.epoch_steps

    def epoch(self, tick: Tick = lambda loss: None) -> Point:
        """Learn for one epoch, keep score, and keep the weights if none before were better."""
        self.model.train()
        losses, state = [], None
        for _ in range(self.task.epoch_steps):
            loss, state = self._update(self.task.batch(self.step), state)
            losses.append(loss)
            tick(loss)
        score = self.task.score(self.model.eval())
        point = Point(self.step, round(sum(losses) / len(losses), 4), round(score, 5))
        self.curve.append(point)
        if best(self.curve) == point:
            self.best = {name: w.clone() for name, w in self.model.state_dict().items()}
        return point

    def _update(self, batch: Batch, state: State | None) -> tuple[float, State]:
        """One step of the optimiser; the state goes on to the next batch without its gradient."""
        for group in self.optimiser.param_groups:
            group["lr"] = self.plan.learning_rate(self.step, self.steps)
        inputs, targets, weights = (part.to(self.device) for part in batch[:3])
        logits, state = self.model(inputs, state if batch.follows else None)  # (B, T, V)
        losses = cross_entropy(logits.transpose(1, 2), targets, reduction="none")  # (B, T)
        loss = (weights * losses).sum()
        self.optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        clip_grad_norm_(self.model.parameters(), self.plan.clip)
        self.optimiser.step()
        self.step += 1
        return loss.item(), _detached(state)


def best(curve: Sequence[Point]) -> Point:
    """The point with the lowest score; of equals the last, which was trained for longer."""
    return min(reversed(curve), key=lambda point: point.score)


def _detached(state: State) -> State:
    if isinstance(state, Tensor):
        return state.detach()
    hidden, memory = state
    return hidden.detach(), memory.detach()
