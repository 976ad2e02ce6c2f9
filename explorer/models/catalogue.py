"""Finds the models that come with the program.

Knows the folder they live in; torch arrives only when one of them is loaded.
"""

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from explorer.errors import ExplorerError
from explorer.models.card import FILE, WEIGHTS, Card, CheckpointError, Task

if TYPE_CHECKING:
    from torch import nn

    from explorer.models.checkpoint import Pretrained
    from explorer.models.network import Network

M = TypeVar("M", bound="nn.Module")

PRETRAINED = Path(__file__).parents[2] / "pretrained"


def names(task: Task | None = None) -> tuple[str, ...]:
    """The models that are there, whole or damaged, in alphabetical order.

    Args:
        task: Only models of this task; one whose card is missing or damaged has none.
    """
    found = sorted(
        {path.parent.name for file in (FILE, WEIGHTS) for path in PRETRAINED.glob(f"*/{file}")}
    )
    return tuple(name for name in found if task is None or _task(name) == task)


def card(name: str) -> Card:
    """The card of the model ``name``.

    Raises:
        ExplorerError: There is no such model.
        CheckpointError: Its card is damaged.
    """
    return Card.read(_folder(name) / FILE)


def load(name: str | Path) -> "Pretrained[Network]":
    """Load a model with its card, ready to run.

    ``model, card = load("gru-timemachine")`` gives a model in eval mode, float32, no gradients.

    Args:
        name: One of `names`, or the path of the folder of a model of the reader's own.

    Raises:
        ExplorerError: There is no such model.
        CheckpointError: Its files are missing or damaged; the sentence says how to restore them.
    """
    from explorer.models import checkpoint

    return checkpoint.read(name if isinstance(name, Path) else _folder(name))


def load_as(kind: type[M], name: str | Path) -> "Pretrained[M]":
    """As `load`, for a use that only models of one class are fit for.

    Raises:
        ExplorerError: There is no such model, or it is of another class.
        CheckpointError: Its files are missing or damaged; the sentence says how to restore them.
    """
    from explorer.models.checkpoint import Pretrained

    model, card = load(name)
    if not isinstance(model, kind):
        raise ExplorerError(
            "The model “{name}” cannot be used here: it was trained for the task “{task}”.",
            name=name,
            task=card.task,
        )
    return Pretrained(model, card)


def _folder(name: str) -> Path:
    """The model's folder; one that is there without its card is left to the reader of cards."""
    if name not in {path.name for path in PRETRAINED.glob("*/") if path.is_dir()}:
        raise ExplorerError(
            "There is no model “{name}”; there are {known}.",
            name=name,
            known=", ".join(names()) or "none",
        )
    return PRETRAINED / name


def _task(name: str) -> Task | None:
    try:
        return card(name).task
    except CheckpointError:
        return None
