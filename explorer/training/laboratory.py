"""Short training runs of small networks, to be watched update by update and compared.

A run is the trainer's own, without cards and files: what the recipes do over hours is here done
over seconds. It may be read from another thread as it goes.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import torch

from explorer.models.architecture import Architecture
from explorer.models.language_model import LanguageModel
from explorer.training import initialise
from explorer.training.plan import Plan
from explorer.training.setting import Setting
from explorer.training.task import Task
from explorer.training.trainer import DivergedError, Trainer, Update

_LONGEST = 20  # steps that the memories of a start for memory reach: about what the runs need
_DRAWING = threading.Lock()  # torch draws from one generator, whichever thread asks


@dataclass
class Run:
    """A training run that remembers the loss and the gradient of every update.

    Attributes:
        setting: What is trained, and how.
        trainer: Where it stands.
        updates: The updates made so far, in order.
        diverged: What ended the run early, if something did.
    """

    setting: Setting
    trainer: Trainer[LanguageModel]
    updates: list[Update] = field(default_factory=list)
    diverged: DivergedError | None = None

    def __post_init__(self) -> None:
        self._epoch: Iterator[Update] = iter(())

    @property
    def done(self) -> bool:
        """Whether there is nothing left to do."""
        return self.diverged is not None or self.trainer.step >= self.trainer.steps

    def advance(self) -> None:
        """Make one more update, unless the run is done; one that diverges is kept up to there."""
        if self.done:
            return
        try:
            update = next(self._epoch, None)
            if update is None:  # the next epoch
                self._epoch = self.trainer.updates()
                update = next(self._epoch)
        except DivergedError as error:
            self.diverged = error
        else:
            self.updates.append(update)


def prepare(setting: Setting, task: Task[LanguageModel], *, epochs: int = 1, seed: int = 0) -> Run:
    """A run at its beginning; setting, task and seed decide every number of it.

    torch's generators are left as they were found.

    Args:
        setting: What to train, and how.
        task: What it learns; it decides how many updates an epoch has.
        epochs: How often to go through it.
        seed: Decides the weights at the start.
    """
    sizes = Architecture(setting.cell, len(task.vocabulary), setting.units, setting.layers)
    with _DRAWING, torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = LanguageModel(sizes)
        initialise.begin(model, setting.start, longest=_LONGEST)
    plan = Plan(epochs=epochs, rate=setting.rate, optimiser=setting.optimiser, clip=setting.clip)
    return Run(setting, Trainer(model, task, plan))


def race(runs: Sequence[Run], *, stop: Callable[[], bool] = lambda: False) -> None:
    """Take all runs to their ends, side by side, or as far as ``stop`` lets them."""
    while not stop() and not all(run.done for run in runs):
        for run in runs:
            run.advance()
