"""The models of a reader's own folder, which the pages offer beside the shipped ones.

``gatescope run --models FOLDER`` names the folder, or the environment variable does. Each folder in
it is one model: what `save` or ``train`` wrote, or a Hugging Face model. Torch is not imported.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from explorer.errors import ExplorerError
from explorer.models.card import FILE, WEIGHTS

VARIABLE = "GATESCOPE_MODELS"
"""Environment variable with the folder's path."""
PREFIX = "own:"
"""In front of such a model's name, so that it is never one of a shipped model."""
CONFIG = "config.json"
"""What a Hugging Face model has in the place of a card."""
MOST, LONGEST = 50, 80
"""Models that are offered, and characters of a name."""
_LOOKED_AT = 1000  # entries of the folder


@dataclass(frozen=True)
class Listing:
    """What a folder has to offer.

    Attributes:
        ours: Folders with a card, by the names that pages know them by.
        hugging_face: Hugging Face models, in the same way.
        refused: Folders that are not offered, by their names, and why.
    """

    ours: dict[str, Path] = field(default_factory=dict)
    hugging_face: dict[str, Path] = field(default_factory=dict)
    refused: dict[str, ExplorerError] = field(default_factory=dict)

    @property
    def folders(self) -> dict[str, Path]:
        """All that are offered, by the names that pages know them by."""
        return self.ours | self.hugging_face


def is_own(name: str) -> bool:
    """Whether a name is one of the reader's models, if there is any such model."""
    return name.startswith(PREFIX)


def title(name: str) -> str:
    """A model's name as its folder says it: plain text, which a stranger may have chosen."""
    return name.removeprefix(PREFIX)


def listing() -> Listing:
    """What the folder holds now; nothing where none is named."""
    found = Listing()
    named = os.environ.get(VARIABLE)
    if not named:
        return found
    try:
        for place in _folders(Path(named)):
            _add(found, place)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        found.refused[named] = ExplorerError(
            "The folder {folder} cannot be opened: {reason}.", folder=named, reason=reason
        )
    return found


def stamp(folder: Path) -> tuple[int, ...]:
    """What changes when a model is written anew."""
    return tuple(number for name in (FILE, WEIGHTS, CONFIG) for number in _stamp(folder / name))


def _folders(folder: Path) -> Iterator[Path]:
    """Its folders by name, but for hidden ones."""
    with os.scandir(folder) as entries:
        seen = [entry.name for entry in islice(entries, _LOOKED_AT) if entry.is_dir()]
    return (folder / name for name in sorted(seen) if not name.startswith("."))


def _add(found: Listing, place: Path) -> None:
    """Sort a folder in."""
    name = place.name
    if not name.isprintable() or len(name) > LONGEST:
        found.refused[ascii(name)[:LONGEST]] = ExplorerError(
            "A model's name has at most {most} characters, all of which can be seen.", most=LONGEST
        )
    elif len(found.folders) >= MOST:
        found.refused[name] = ExplorerError("At most {most} models are offered.", most=MOST)
    elif os.path.lexists(place / FILE):
        found.ours[PREFIX + name] = place
    elif os.path.lexists(place / CONFIG):
        found.hugging_face[PREFIX + name] = place
    else:
        found.refused[name] = ExplorerError(
            "It has neither {card}, as a model that was saved for this program, nor {config}, as a "
            "Hugging Face model.",
            card=FILE,
            config=CONFIG,
        )


def _stamp(path: Path) -> tuple[int, ...]:
    """What changes with a file; zeros where there is none."""
    try:
        status = path.lstat()
    except OSError:
        return 0, 0, 0, 0
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
