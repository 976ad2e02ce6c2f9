"""What a pretrained model is and how it was made, as JSON that a person can read.

Torch is not imported: a page reads cards long before it needs the weights.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, asdict, dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NoReturn, TypeAlias

from explorer.errors import ExplorerError
from explorer.models.architecture import Architecture, InfillArchitecture, Seq2SeqArchitecture
from explorer.models.reading import Reading
from explorer.shipped_files import restore_command
from explorer.stored import document
from explorer.stored.typed import UnfitError, record, typed
from explorer.stored.whole import write_whole
from explorer.text.copying import NAME, NUMBER
from explorer.text.tokenisation import Tokenisation
from explorer.text.vocabulary import BOS, EOS, PAD, UNKNOWN, Vocabulary
from explorer.text.words import Language

FILE = "card.json"
WEIGHTS = "model.safetensors"  # beside it

Task = Literal["language model", "recall", "translation", "infill"]
SIZES: Mapping[Task, type[Architecture]] = {
    "translation": Seq2SeqArchitecture,
    "infill": InfillArchitecture,
}  # of what the other tasks are made, `Architecture` says
Precision = Literal["float32", "bfloat16"]
RESERVED: Mapping[Task, tuple[str, ...]] = {
    "translation": (PAD, BOS, EOS, NAME, NUMBER),
    "infill": (PAD, BOS, EOS),
}
"""Tokens that a task cannot do without; every vocabulary begins with `UNKNOWN`."""
Figures: TypeAlias = Mapping[str, "float | str | Figures"]


class CheckpointError(ExplorerError):
    """The files of a model are missing or are not what its card says."""


class Measured(dict[str, Any]):
    """Figures by name; asked for one that the card does not hold, it says so to the reader."""

    def __missing__(self, name: str) -> NoReturn:
        raise CheckpointError("The model card has no value “{name}”.", name=name)


@dataclass(frozen=True)
class Data:
    """Where the training text comes from and on what terms."""

    name: str = ""
    source: str = ""
    licence: str = ""
    attribution: str = ""


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
    """A model described: what it is, what made it, what was measured.

    Only what it is must be there: nobody may know how a reader's own model was made.

    Args:
        name: The folder it lives in.
        task: What it was trained to do.
        architecture: Its sizes.
        vocabulary: The tokens that it predicts, by number.
        source_vocabulary: The tokens that a translation's encoder reads, by number.
        tokenisation: How a text becomes tokens, for a language model of the reader's own; None for
            the ways of the models that this program trains.
        target_language: The language of a translation; None on the oldest cards, whose models
            write French.
        parameters: How many numbers it holds.
        data: What it was trained on.
        command: The command that made it.
        seed: The seed of everything random in it.
        epochs: Epochs that the command ran.
        steps: Updates after which the kept weights were taken.
        chosen: How the size and the kept weights were chosen.
        torch: The version of torch that trained it.
        precision: What its matrices were multiplied in while it learned; float32 where it is not
            said.
        stored: In which numbers its weights are stored, where it is not float16.
        sha256: Of the weights file, hexadecimal.
        score: What the curve's scores are, with the unit.
        figures: What was measured, on the weights as they are stored; nested by name.
        reading: What one reader found in translations; None where nobody read any.
        curve: The training curve.
    """

    name: str
    task: Task
    architecture: Architecture
    vocabulary: tuple[str, ...]
    source_vocabulary: tuple[str, ...] = ()
    tokenisation: Tokenisation | None = None
    target_language: Language | None = None
    parameters: int
    data: Data = Data()  # frozen
    command: str = ""
    seed: int | None = None
    epochs: int | None = None
    steps: int | None = None
    chosen: str = ""
    torch: str = ""
    precision: Precision | None = None
    stored: Literal["float32"] | None = None
    sha256: str
    score: str = ""
    figures: Figures = field(default_factory=Measured)
    reading: Reading | None = None
    curve: tuple[Point, ...] = ()

    @classmethod
    def read(cls, path: Path) -> "Card":
        """The card in the file ``path``, which may be a stranger's.

        Raises:
            CheckpointError: There is no such file, or it is not a card, or one of a model that is
                too large.
        """
        try:
            return _card(document.read(path))
        except FileNotFoundError:
            raise _missing(path) from None
        except UnfitError as error:
            raise _damaged(path, error.place) from None
        except ExplorerError as error:
            raise CheckpointError(error.template, **error.values) from None
        except (OSError, ValueError):
            raise _damaged(path) from None

    def fields(self) -> dict[str, Any]:
        """The card as plain values, nested as in the file; what nobody said is left out."""
        plain = asdict(self)
        said = {f.name for f in fields(self) if getattr(self, f.name) != _unsaid(f)}
        said.add("source_vocabulary")  # every card has it, empty or not
        sizes = plain["architecture"].items()
        plain["architecture"] = {name: size for name, size in sizes if size is not None}
        return {name: value for name, value in plain.items() if name in said}

    @cached_property
    def words(self) -> Vocabulary:
        """The tokens that it predicts, and how a text becomes such."""
        return Vocabulary(self.vocabulary, self.tokenisation)

    def write(self, path: Path) -> None:
        """Write the card to ``path``, one field a line and long lists on one line each."""
        fields = (f"  {_json(name)}: {_value(value)}" for name, value in self.fields().items())
        write_whole(path, "{\n" + ",\n".join(fields) + "\n}\n")


def _unsaid(one: Field[Any]) -> object:
    """What a field is where nobody said anything."""
    return one.default if one.default_factory is MISSING else one.default_factory()


def restore(path: Path) -> str | None:
    """The command that brings back a file of a shipped model."""
    *_, kept, name, file = ("", "", *path.parts)
    # A folder's name is a stranger's text, and the command is one to type.
    shipped = kept == "pretrained" and re.fullmatch("[a-z0-9][a-z0-9-]*", name)
    return restore_command(f"{kept}/{name}/{file}") if shipped else None


def _missing(path: Path) -> CheckpointError:
    if command := restore(path):
        return CheckpointError(
            "The model card {path} is missing; restore it with: {command}",
            path=path,
            command=command,
        )
    return CheckpointError(
        "There is no file {path}: a model folder must contain its card, {card}, and {weights}.",
        path=path,
        card=FILE,
        weights=WEIGHTS,
    )


def _damaged(path: Path, place: str = "") -> CheckpointError:
    if command := restore(path):
        return CheckpointError(
            "The model card {path} is damaged; restore it with: {command}",
            path=path,
            command=command,
        )
    if place:
        return CheckpointError(
            "The model card {path} is damaged or was not written by this program: check “{place}”.",
            path=path,
            place=place,
        )
    return CheckpointError(
        "The model card {path} is damaged or was not written by this program.", path=path
    )


def _card(fields: Any) -> Card:
    """A card from what JSON gave."""
    if not isinstance(fields, dict):
        raise UnfitError("")
    task: Task = typed(Task, fields.get("task"), "task")
    sizes = record(SIZES.get(task, Architecture), fields.get("architecture"), "architecture")
    figures = _figures(fields.get("figures", {}), "figures")
    card = record(Card, fields, architecture=sizes, figures=figures)
    if not re.fullmatch("[0-9a-f]{64}", card.sha256):
        raise UnfitError("sha256")
    if card.reading:
        card.reading.check("reading")
    source_size = sizes.source_size if isinstance(sizes, Seq2SeqArchitecture) else 0
    own = card.tokenisation
    if own and (task != "language model" or not _fits(own, card.vocabulary)):
        raise UnfitError("tokenisation")
    _check_tokens(card.vocabulary, sizes.vocabulary_size, task, "vocabulary", first=not own)
    _check_tokens(card.source_vocabulary, source_size, task, "source_vocabulary")
    return card


def _fits(tokenisation: Tokenisation, tokens: tuple[str, ...]) -> bool:
    """Whether the tokens that mean something of their own are there, and are different ones."""
    own = (tokenisation.unknown, tokenisation.begin, tokenisation.end)
    said = [token for token in own if token is not None]
    return len({*said}) == len(said) and {*said} <= {*tokens}


def _figures(value: Any, place: str) -> Figures:
    if not isinstance(value, dict):
        raise UnfitError(place)
    nested = {name for name, inner in value.items() if isinstance(inner, dict)}
    single = {name: inner for name, inner in value.items() if name not in nested}
    typed(Mapping[str, float | str], single, place)
    deeper = {name: _figures(value[name], f"{place}.{name[:60]}") for name in nested}
    return Measured({name: deeper.get(name, inner) for name, inner in value.items()})


def _check_tokens(
    tokens: tuple[str, ...], size: int, task: Task, place: str, *, first: bool = True
) -> None:
    """As many as the architecture says, all different, with those that the task cannot do without.

    The ``first`` is `UNKNOWN`, unless a tokenisation says what stands for it.

    Raises:
        UnfitError: They are not.
    """
    if len(tokens) != size or len({*tokens}) != size or "" in tokens:
        raise UnfitError(place)
    if size and ((first and tokens[0] != UNKNOWN) or not {*RESERVED.get(task, ())} <= {*tokens}):
        raise UnfitError(place)


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
