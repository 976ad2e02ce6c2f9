"""The command that trains a model."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from explorer.cli.cards import lines
from explorer.cli.numbers import Decimal, Whole
from explorer.errors import ExplorerError
from explorer.text.files import read_text

if TYPE_CHECKING:
    from explorer.text.pairs import Pair
    from explorer.training.recipe import Recipe


@click.command()
@click.argument("name")
@click.option(
    "--corpus",
    type=click.Path(path_type=Path),
    help="Training data: a text, or sentence pairs as TSV; UTF-8, or that as .xz.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Where to write [trained/NAME].")
@click.option("--device", type=click.Choice(["cpu", "cuda"]), default="cpu", show_default=True)
@click.option("--seed", type=Whole(0, 2**32 - 1), default=0, show_default=True)
@click.option("--resume", is_flag=True, help="Resume the earlier run in --out.")
@click.option(
    "--beside",
    help="A model's name, or its folder's path, such as ./mine; its figures go on the new card to "
    "compare with.",
)
@click.option(
    "--taught",
    type=click.Path(path_type=Path),
    help="What larger models made of the training sentences (see distil): examples, too.",
)
@click.option(
    "--start",
    help="The folder of a model, such as ./mine, whose words and encoder training starts from; for "
    "recipes that need one.",
)
@click.option("--epochs", type=Whole(1, 100_000), help="Instead of the recipe's.")
@click.option(
    "--hidden", type=Whole(1, 1_000_000), help="Units per layer, instead of the recipe's."
)
@click.option("--dropout", type=Decimal(0, 0.95), help="Instead of the recipe's.")
@click.option("--rate", type=Decimal(0, 1000), help="Learning rate, instead of the recipe's.")
@click.option("--decay", type=Decimal(0, 1000), help="Weight decay, instead of the recipe's.")
def train(
    name: str,
    corpus: Path | None,
    out: Path | None,
    device: str,
    seed: int,
    resume: bool,
    beside: str | None,
    taught: Path | None,
    start: str | None,
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
    from explorer.models.catalogue import find, load_as
    from explorer.models.seq2seq import Seq2Seq
    from explorer.training.bar import Bar
    from explorer.training.make import make, precision_of

    given = {"epochs": epochs, "hidden": hidden, "dropout": dropout, "rate": rate, "decay": decay}
    changes = {option: value for option, value in given.items() if value is not None}
    _check_device(device)
    recipe = _changed(recipe_of(name), changes)
    with Bar(f"{name} in {precision_of(recipe, device)}") as bar:
        card = make(
            name,
            recipe,
            text=read_text(corpus) if corpus else None,
            corpus=corpus.name if corpus else "",
            taught=read_text(taught) if taught else None,
            start=load_as(Seq2Seq, start) if start else None,
            folder=out or Path("trained") / name,
            command=_command(
                name,
                corpus=corpus,
                beside=beside,
                taught=taught,
                start=start,
                seed=seed,
                device=device,
                changes=changes,
            ),
            seed=seed,
            device=device,
            resume=resume,
            beside=Card.read(find(beside) / FILE) if beside else None,
            watch=bar.update,
        )
    click.echo("; ".join(lines(card.figures)))


def _changed(recipe: "Recipe", changes: Mapping[str, Any]) -> "Recipe":
    """The recipe with the reader's options in the place of its own, and the card saying so."""
    if not changes:
        return recipe
    plan = {name: changes[name] for name in ("epochs", "rate", "decay") if name in changes}
    fields = {"hidden": "hidden_size", "dropout": "dropout"}
    model = {field: changes[name] for name, field in fields.items() if name in changes}
    chosen = "Some settings were given on the command line: see the command."
    return replace(recipe, plan=replace(recipe.plan, **plan), chosen=chosen, **model)


def _command(
    name: str,
    *,
    corpus: Path | None,
    beside: str | None,
    taught: Path | None,
    start: str | None,
    seed: int,
    device: str,
    changes: Mapping[str, Any],
) -> str:
    """The command for the card: all that decides the weights, and no folders of one machine."""
    words = ["python -m explorer train", name]
    words += [f"--corpus {corpus.name}"] if corpus else []
    words += [f"--beside {_of_no_machine(beside)}"] if beside else []
    words += [f"--start {_of_no_machine(start)}"] if start else []
    words += [f"--taught {taught.name}"] if taught else []
    words += [f"--seed {seed}"] if seed else []
    words += [f"--device {device}"] if device != "cpu" else []
    return " ".join([*words, *(f"--{option} {value}" for option, value in changes.items())])


def _of_no_machine(model: str) -> str:
    """A model's name as it is; of a path the folder alone, below the one that commands write to."""
    folder = Path(model)
    return model if folder.name == model else f"trained/{folder.name}"


def _check_device(device: str) -> None:
    import torch

    if device == "cuda" and not torch.cuda.is_available():
        raise ExplorerError("There is no CUDA device here; train with --device cpu.")


def recipe_of(name: str) -> "Recipe":
    """The recipe of this name.

    Raises:
        ExplorerError: There is none.
    """
    from explorer.training.recipes import RECIPES

    if name not in RECIPES:
        raise ExplorerError(
            "There is no recipe “{name}”; choose from {known}.", name=name, known=", ".join(RECIPES)
        )
    return RECIPES[name]


whole_pairs = click.option(
    "--pairs",
    type=click.Path(path_type=Path),
    required=True,
    help="The corpus that the model learned from, whole: English TAB translation, or as .xz.",
)


def test_pairs(model: str, file: Path) -> "tuple[Pair, ...]":
    """The sentences of a corpus that were held out for the test when ``model`` was trained.

    Raises:
        ExplorerError: No recipe says how the pairs were split.
    """
    from explorer.training.make import split
    from explorer.training.recipe import PairsRecipe
    from explorer.training.recipes import RECIPES

    reading = RECIPES[model].reading if model in RECIPES else None
    if not isinstance(reading, PairsRecipe):
        raise ExplorerError(
            "Cannot tell which sentences were held out from “{name}”: there is no training "
            "recipe of this name.",
            name=model,
        )
    return split(reading, read_text(file)).test
