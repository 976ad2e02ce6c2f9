"""What the trainer asks of a task. Knows nothing of any task in particular."""

from typing import NamedTuple, Protocol

from torch import Tensor

from explorer.models.card import Figures
from explorer.models.language_model import LanguageModel
from explorer.text.vocabulary import Vocabulary


class Batch(NamedTuple):
    """What one update learns from."""

    inputs: Tensor  # (B, T) token numbers
    targets: Tensor  # (B, T) the token that comes next
    weights: Tensor  # (B, T) how much each of them counts in the loss; they sum to about 1
    follows: bool  # whether it goes on where the batch before it stopped


class Task(Protocol):
    """Something to learn: batches, each decided by its step alone, and a way to keep score."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The tokens of the task."""
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

    def score(self, model: LanguageModel) -> float:
        """How far the model is from perfect on data that it does not learn from: less is better."""
        ...

    def figures(self, model: LanguageModel) -> Figures:
        """What the model's card reports of it."""
        ...
