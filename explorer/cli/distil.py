"""The command with which large models write what a small one learns from."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explorer.cli.translation import progress_bar, translator_of
from explorer.errors import ExplorerError

if TYPE_CHECKING:
    from explorer.text.pairs import Pair

CHUNK = 512  # sentences between two writes


@click.command()
@click.argument("model")
@click.option("--with", "beside", multiple=True, metavar="MODEL", help="Average with this model.")
@click.option(
    "--pairs",
    type=click.Path(path_type=Path),
    required=True,
    help="The corpus that the models learned from, whole.",
)
@click.option(
    "--recipe",
    metavar="NAME",
    required=True,
    help="Of the model that is to learn from it: what it holds out is not translated.",
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write.")
def distil(model: str, beside: tuple[str, ...], pairs: Path, recipe: str, out: Path) -> None:
    """Translate what a recipe trains on with MODEL, for `train --taught`.

    A sentence, a tab and its translation by beam search a line. If the file is there, it goes on
    behind its last line.
    """
    translator = translator_of(model, beside)
    sentences = [pair.source for pair in _training(pairs, recipe)]
    done = _lines(out)
    with progress_bar(len(sentences)) as watch, out.open("a", encoding="utf-8") as file:
        watch(done)
        for start in range(done, len(sentences), CHUNK):
            some = sentences[start : start + CHUNK]
            found = translator.translate(some, watch=watch)
            file.writelines(f"{s}\t{t.text}\n" for s, t in zip(some, found, strict=True))
            file.flush()


def _training(file: Path, recipe: str) -> "Sequence[Pair]":
    from explorer.cli.training import recipe_of
    from explorer.text.files import read_text
    from explorer.training.make import split
    from explorer.training.recipe import PairsRecipe

    reading = recipe_of(recipe).reading
    if not isinstance(reading, PairsRecipe):
        raise ExplorerError("The recipe “{name}” does not learn to translate.", name=recipe)
    return split(reading, read_text(file)).training


def _lines(file: Path) -> int:
    """How many lines there are; a last one that was not finished is taken away."""
    if not file.exists():
        return 0
    whole, newline, _cut = file.read_bytes().rpartition(b"\n")
    file.write_bytes(whole + newline)
    return whole.count(b"\n") + len(newline)
