"""The commands of ``python -m explorer``. What they need is imported when they run."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from explorer.errors import ExplorerError
from explorer.text.vocabulary import Vocabulary

if TYPE_CHECKING:
    from explorer.models.card import Card, Figures
    from explorer.training.recipes import Recipe


class Sentence(click.Group):
    """A group whose commands say an `ExplorerError` as one sentence and exit with 2."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except ExplorerError as error:
            click.echo(str(error), err=True)
            sys.exit(2)


@click.group(cls=Sentence)
def main() -> None:
    """See into recurrent networks: list models, train them, trace their gates."""


@main.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object for all models.")
def models(as_json: bool) -> None:
    """List the models that come with the program, with their measured figures."""
    from explorer.models import catalogue

    cards = list(_readable(catalogue.names()))
    if as_json:
        listed = {card.name: asdict(card) for card in cards}
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    for card in cards:
        size = card.architecture
        shape = f"{size.layers} × {size.hidden_size} units, {card.parameters:,} parameters"
        click.echo(f"{card.name}: {card.task}, {size.cell.upper()}, {shape}")
        for line in _lines(card.figures):
            click.echo(f"  {line}")


def _readable(names: Iterable[str]) -> "Iterator[Card]":
    """The cards that can be read; of a damaged one, the sentence, and on with the others."""
    from explorer.models import catalogue

    for name in names:
        try:
            yield catalogue.card(name)
        except ExplorerError as error:
            click.echo(str(error), err=True)


def _lines(figures: "Figures", path: str = "") -> Iterator[str]:
    """Figures a line each; a mapping of plain numbers on one line, by its keys."""
    for name, value in figures.items():
        if not isinstance(value, Mapping):
            yield f"{path}{name}: {value}"
        elif not any(isinstance(inner, Mapping) for inner in value.values()):
            yield f"{path}{name}: " + "  ".join(f"{k}: {v}" for k, v in value.items())
        else:
            yield from _lines(value, f"{path}{name}, ")


@main.command()
@click.argument("name")
@click.option("--corpus", type=click.Path(path_type=Path), help="The text to learn from, UTF-8.")
@click.option("--out", type=click.Path(path_type=Path), help="Where to write [trained/NAME].")
@click.option("--device", type=click.Choice(["cpu", "cuda"]), default="cpu", show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--resume", is_flag=True, help="Go on where an earlier run in --out stopped.")
@click.option(
    "--beside",
    type=click.Path(path_type=Path),
    help="A trained model's folder; its figures go on the new card to compare with.",
)
@click.option("--epochs", type=click.IntRange(1), help="Instead of the recipe's.")
@click.option("--hidden", type=click.IntRange(1), help="Units a layer, instead of the recipe's.")
@click.option("--dropout", type=click.FloatRange(0, 0.95), help="Instead of the recipe's.")
@click.option("--rate", type=click.FloatRange(0), help="Learning rate, instead of the recipe's.")
@click.option("--decay", type=click.FloatRange(0), help="Weight decay, instead of the recipe's.")
def train(
    name: str,
    corpus: Path | None,
    out: Path | None,
    device: str,
    seed: int,
    resume: bool,
    beside: Path | None,
    epochs: int | None,
    hidden: int | None,
    dropout: float | None,
    rate: float | None,
    decay: float | None,
) -> None:
    """Train the model NAME by its recipe and write weights and card.

    The same seed gives the same weights on the same machine. An interrupted run goes on with
    --resume and ends with the weights that it would have had.
    """
    from explorer.models.card import FILE, Card
    from explorer.training.bar import Bar
    from explorer.training.make import make

    given = {"epochs": epochs, "hidden": hidden, "dropout": dropout, "rate": rate, "decay": decay}
    changes = {option: value for option, value in given.items() if value is not None}
    _check_device(device)
    with Bar(name) as bar:
        card = make(
            name,
            _changed(_recipe(name), changes),
            text=_read(corpus) if corpus else None,
            folder=out or Path("trained") / name,
            command=_command(
                name, corpus=corpus, beside=beside, seed=seed, device=device, changes=changes
            ),
            seed=seed,
            device=device,
            resume=resume,
            beside=Card.read(beside / FILE) if beside else None,
            watch=bar.update,
        )
    click.echo("; ".join(_lines(card.figures)))


def _changed(recipe: "Recipe", changes: Mapping[str, Any]) -> "Recipe":
    """The recipe with the reader's options in the place of its own."""
    plan = {name: changes[name] for name in ("epochs", "rate", "decay") if name in changes}
    fields = {"hidden": "hidden_size", "dropout": "dropout"}
    model = {field: changes[name] for name, field in fields.items() if name in changes}
    return replace(recipe, plan=replace(recipe.plan, **plan), **model)


def _command(
    name: str,
    *,
    corpus: Path | None,
    beside: Path | None,
    seed: int,
    device: str,
    changes: Mapping[str, Any],
) -> str:
    """The command for the card: all that decides the weights, and no folders of one machine."""
    words = ["python -m explorer train", name]
    words += [f"--corpus {corpus.name}"] if corpus else []
    words += [f"--beside trained/{beside.name}"] if beside else []
    words += [f"--seed {seed}"] if seed else []
    words += [f"--device {device}"] if device != "cpu" else []
    return " ".join([*words, *(f"--{option} {value}" for option, value in changes.items())])


def _check_device(device: str) -> None:
    import torch

    if device == "cuda" and not torch.cuda.is_available():
        raise ExplorerError("There is no CUDA device here; train with --device cpu.")


@main.command()
@click.argument("model")
@click.argument("text")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="The file to write; .csv, .parquet or .nc says in which format.",
)
def trace(model: str, text: str, out: Path) -> None:
    """Write every gate of MODEL at every token of TEXT to a file."""
    from explorer.models import catalogue
    from explorer.recurrence.export import write
    from explorer.recurrence.reading import read

    network, card = catalogue.load(model)
    vocabulary = Vocabulary(card.vocabulary)
    reading = read(network, vocabulary, text)
    if strangers := vocabulary.unknown(reading.tokens):
        click.echo(f"Read as unknown: {' '.join(map(repr, strangers))}", err=True)
    write(reading.trace, out)
    click.echo(str(out))


@main.command()
def opening() -> None:
    """Compute the example of the start page anew, after its model was trained anew."""
    from explorer.models.catalogue import PRETRAINED, load
    from explorer.recurrence.opening import MODEL, TEXT
    from explorer.recurrence.opening import opening as shorten
    from explorer.recurrence.reading import read

    model, card = load(MODEL)
    reading = read(model, Vocabulary(card.vocabulary), TEXT)
    path = PRETRAINED / "opening.json"
    shorten(reading, model=MODEL, sha256=card.sha256).write(path)
    click.echo(str(path))


def _recipe(name: str) -> "Recipe":
    from explorer.training.recipes import RECIPES

    if name not in RECIPES:
        raise ExplorerError(
            "There is no recipe “{name}”; there are {known}.", name=name, known=", ".join(RECIPES)
        )
    return RECIPES[name]


def _read(path: Path) -> str:
    """A text file's text."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ExplorerError("There is no file {path}.", path=path) from None
    except (OSError, UnicodeDecodeError):
        raise ExplorerError("The file {path} is not readable as UTF-8 text.", path=path) from None
