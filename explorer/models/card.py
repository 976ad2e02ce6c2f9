"""What a pretrained model is and how it was made, as JSON that a person can read.

Knows nothing of torch: a page reads cards long before it needs the weights.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

from explorer.errors import ExplorerError
from explorer.models.architecture import Architecture, InfillArchitecture, Seq2SeqArchitecture

FILE = "card.json"
WEIGHTS = "model.safetensors"  # beside it

Task = Literal["language model", "recall", "translation", "infill"]
SIZES: Mapping[Task, type[Architecture]] = {
    "translation": Seq2SeqArchitecture,
    "infill": InfillArchitecture,
}  # of what the other tasks are made, `Architecture` says
Precision = Literal["float32", "bfloat16"]
Figures: TypeAlias = Mapping[str, "float | str | Figures"]


class CheckpointError(ExplorerError):
    """The files of a model are missing or are not what its card says."""


@dataclass(frozen=True)
class Data:
    """Where the training text comes from and on what terms."""

    name: str
    source: str
    licence: str
    attribution: str


@dataclass(frozen=True)
class Point:
    """One place of the training curve.

    Args:
        step: Updates made so far.
        loss: Mean training loss since the point before, nats.
        score: What the held-out data gave; the card's ``score`` says in which unit.
    """

    step: int
    loss: float
    score: float


@dataclass(frozen=True, kw_only=True)
class Card:
    """A pretrained model described: what it is, what made it, what was measured.

    Args:
        name: The folder it lives in.
        task: What it was trained to do.
        architecture: Its sizes.
        vocabulary: The tokens that it predicts, by number.
        source_vocabulary: The tokens that a translation's encoder reads, by number.
        parameters: How many numbers it holds.
        data: What it was trained on.
        command: The command that made it.
        seed: The seed of everything random in it.
        epochs: Epochs that the command ran.
        steps: Updates after which the kept weights were taken.
        chosen: How the size and the kept weights were chosen.
        torch: The version of torch that trained it.
        precision: What its matrices were multiplied in while it learned.
        sha256: Of the weights file, hexadecimal.
        score: What the curve's scores are, with the unit.
        figures: What was measured, on the weights as they are stored; nested by name.
        curve: The training curve.
    """

    name: str
    task: Task
    architecture: Architecture
    vocabulary: tuple[str, ...]
    source_vocabulary: tuple[str, ...] = ()
    parameters: int
    data: Data
    command: str
    seed: int
    epochs: int
    steps: int
    chosen: str
    torch: str
    precision: Precision = "float32"
    sha256: str
    score: str
    figures: Figures
    curve: tuple[Point, ...]

    @classmethod
    def read(cls, path: Path) -> "Card":
        """The card in the file ``path``.

        Raises:
            CheckpointError: There is no such file, or it is not a card.
        """
        try:
            return _card(json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            raise CheckpointError(
                "The model's card {path} is missing; restore it with: {command}",
                path=path,
                command=restore(path),
            ) from None
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise CheckpointError(
                "The model's card {path} is damaged; restore it with: {command}",
                path=path,
                command=restore(path),
            ) from None

    def write(self, path: Path) -> None:
        """Write the card to ``path``, one field a line and long lists on one line each."""
        fields = (f"  {_json(name)}: {_value(value)}" for name, value in asdict(self).items())
        path.write_text("{\n" + ",\n".join(fields) + "\n}\n", encoding="utf-8")


def restore(path: Path) -> str:
    """The command, typed in the project's folder, that brings back a file of a shipped model."""
    shipped = len(path.parts) > 2 and path.parts[-3] == "pretrained"
    return f"git checkout -- {Path(*path.parts[-3:]) if shipped else path}"


def _card(fields: Any) -> Card:
    """A card from what JSON gave, its nested values made values of ours again."""
    sizes = SIZES.get(fields["task"], Architecture)
    card = Card(
        **{
            **fields,
            "architecture": sizes(**fields["architecture"]),
            "vocabulary": _tokens(fields["vocabulary"]),
            "source_vocabulary": _tokens(fields["source_vocabulary"]),
            "data": Data(**fields["data"]),
            "curve": tuple(Point(**point) for point in fields["curve"]),
        }
    )
    if card.task not in get_args(Task):
        raise ValueError("a card names one of the known tasks")
    if card.precision not in get_args(Precision):
        raise ValueError("a card names one of the known precisions")
    _check_vocabularies(card)
    return card


def _tokens(listed: list[str]) -> tuple[str, ...]:
    if not all(isinstance(token, str) for token in listed):
        raise TypeError("the vocabulary of a card is a list of strings")
    return tuple(listed)


def _check_vocabularies(card: Card) -> None:
    sizes = card.architecture
    source_size = sizes.source_size if isinstance(sizes, Seq2SeqArchitecture) else 0
    given = (len(card.vocabulary), len(card.source_vocabulary))
    if given != (sizes.vocabulary_size, source_size):
        raise ValueError("the vocabularies of a card are as large as its architecture says")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _value(value: Any, depth: int = 1) -> str:
    """JSON with mappings and lists of mappings spread over lines, everything else on one."""
    indent, end = "  " * (depth + 1), "  " * depth
    if isinstance(value, Mapping):
        items = (f"{indent}{_json(k)}: {_value(v, depth + 1)}" for k, v in value.items())
        return "{\n" + ",\n".join(items) + f"\n{end}}}"
    if isinstance(value, list | tuple) and value and isinstance(value[0], Mapping):
        return "[\n" + ",\n".join(f"{indent}{_json(item)}" for item in value) + f"\n{end}]"
    return _json(value)
