"""A progress bar for training, on stderr."""

from types import TracebackType
from typing import Any, Self

from tqdm import tqdm

from explorer.training.trainer import Trainer


class Bar:
    """Drawn with the first update, so that a run that is refused before has none.

    Args:
        name: What it is called.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._bar: tqdm | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def update(self, trainer: Trainer[Any], loss: float) -> None:
        """Show one more update, with its loss in nats and the score of the last epoch."""
        if self._bar is None:
            start = trainer.step - 1
            self._bar = tqdm(
                desc=self._name, unit="update", initial=start, total=trainer.steps, mininterval=1
            )
        self._bar.update()
        if trainer.step % 20 == 0:
            score = f", {trainer.task.measure} {trainer.curve[-1].score}" if trainer.curve else ""
            self._bar.set_postfix_str(f"loss {loss:.3f}{score}", refresh=False)
