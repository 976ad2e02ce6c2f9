"""Finds models by name: those that come with the program, and those of the reader's own folder.

Torch is imported when one of them is loaded.
"""

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from explorer.errors import ExplorerError
from explorer.models import own_folder
from explorer.models.card import FILE, WEIGHTS, Card, CheckpointError, Task
from explorer.shipped_files import HOME

if TYPE_CHECKING:
    from torch import nn

    from explorer.models.checkpoint import Pretrained
    from explorer.models.network import Network

M = TypeVar("M", bound="nn.Module")

PRETRAINED = HOME / "pretrained"


def names(task: Task | None = None) -> tuple[str, ...]:
    """The models that come with the program, whole or damaged, in alphabetical order.

    Args:
        task: Only models of this task; one whose card is missing or damaged has none.
    """
    found = sorted(
        {path.parent.name for file in (FILE, WEIGHTS) for path in PRETRAINED.glob(f"*/{file}")}
    )
    return tuple(name for name in found if task is None or _task(name) == task)


def offered(task: Task | None = None) -> tuple[str, ...]:
    """The models that pages offer: as `names`, and behind them those of the reader's own folder."""
    own = {name: _task(name) for name in own_folder.listing().ours}
    return (*names(task), *(name for name, its in own.items() if its and task in (None, its)))


def refused() -> dict[str, ExplorerError]:
    """The folders of the reader's own that are not offered, by their names, and why."""
    found = own_folder.listing()
    damaged = {own_folder.title(name): _refusal(name) for name in found.ours}
    return found.refused | {name: error for name, error in damaged.items() if error}


def card(name: str) -> Card:
    """The card of the model ``name``, one of `offered`.

    Raises:
        ExplorerError: There is no such model.
        CheckpointError: Its card is damaged.
    """
    path = folder(name) / FILE
    return _card(path, _stamp(path))


def folder(name: str) -> Path:
    """The folder of the model ``name``, one of `offered`; whatever else it says, it is no path.

    Raises:
        ExplorerError: There is no such model.
    """
    own = own_folder.listing().folders if own_folder.is_own(name) else {}
    if name in own:
        return own[name]
    if name not in _folders():
        raise ExplorerError(
            "There is no model “{name}”; choose from {known}.",
            name=name,
            known=", ".join(names()) or "none",
        )
    return PRETRAINED / name


def find(name: str | Path) -> Path:
    """The folder of a model that a reader names: a shipped model, or a folder of their own.

    A shipped model's name wins; other text with a separator, such as ``./name``, is a folder's
    path. For who types a command or a call: what an address or a page says goes to `folder`.

    Raises:
        ExplorerError: It is neither.
    """
    if isinstance(name, Path):
        return name
    if name in _folders():
        return folder(name)
    if os.sep in name or (os.altsep or os.sep) in name:
        return Path(name)
    raise ExplorerError(
        "There is no model “{name}”; choose from {known}. To use a folder of your own, "
        "give its path: {example}",
        name=name,
        known=", ".join(names()) or "none",
        example=f".{os.sep}{name or 'folder'}",
    )


def load(name: str | Path) -> "Pretrained[Network]":
    """Load a model with its card, ready to run.

    ``model, card = load("gru-timemachine")`` gives a model in eval mode, float32, no gradients;
    ``load("./trained/mine")`` one that ``train`` wrote.

    Args:
        name: One of `names`, or the path of the folder of a model of the reader's own, as text
            with a separator in it or as a Path. A shipped model's name wins.

    Raises:
        ExplorerError: There is no such model.
        CheckpointError: Its files are missing or damaged, or too large; the sentence says how to
            restore those of a shipped model.
    """
    from explorer.models import checkpoint

    return checkpoint.read(find(name))


def load_as(kind: type[M], name: str | Path) -> "Pretrained[M]":
    """As `load`, for a use that only models of one class are fit for.

    Raises:
        ExplorerError: There is no such model, or it is of another class.
        CheckpointError: Its files are missing or damaged; the sentence says how to restore them.
    """
    return _fit(kind, find(name), str(name))


def offered_as(kind: type[M], name: str) -> "Pretrained[M]":
    """As `load_as`, of models `offered` alone: for names that come from an address or a page.

    Raises:
        ExplorerError: There is no such model, or it is of another class.
        CheckpointError: Its files are missing or damaged; the sentence says how to restore them.
    """
    return _fit(kind, folder(name), own_folder.title(name))


def _fit(kind: type[M], at: Path, name: str) -> "Pretrained[M]":
    from explorer.models import checkpoint

    model, card = checkpoint.read(at)
    if not isinstance(model, kind):
        raise ExplorerError(
            "The model “{name}” cannot be used here: it was trained for the task “{task}”.",
            name=name,
            task=card.task,
        )
    return checkpoint.Pretrained(model, card)


def _folders() -> frozenset[str]:
    """The names that are shipped; one without its card is left to the reader of cards."""
    return _folders_in(PRETRAINED, _stamp(PRETRAINED))


@lru_cache(maxsize=8)
def _folders_in(folder: Path, stamp: tuple[int, ...]) -> frozenset[str]:
    """Looked up once for all: a page asks for some twenty cards in each of its runs."""
    return frozenset(path.name for path in folder.glob("*/") if path.is_dir())


@lru_cache(maxsize=128)
def _card(path: Path, stamp: tuple[int, ...]) -> Card:
    """Read once for all runs of all pages; one that cannot be read is tried again."""
    return Card.read(path)


def _stamp(path: Path) -> tuple[int, ...]:
    """What changes with a file; empty where there is none."""
    try:
        status = path.lstat()
    except OSError:
        return ()
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _refusal(name: str) -> ExplorerError | None:
    try:
        card(name)
    except ExplorerError as error:
        return error
    return None


def _task(name: str) -> Task | None:
    try:
        return card(name).task
    except CheckpointError:
        return None
