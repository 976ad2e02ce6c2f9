"""The command that measures again what a model's card says."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explorer.cli.training import recipe_of
from explorer.text.files import read_text

if TYPE_CHECKING:
    from explorer.training.check import Compared

_WIDTH = 70  # characters of a figure's name


@click.command()
@click.argument("model")
@click.option(
    "--corpus",
    "--pairs",
    "corpus",
    type=click.Path(path_type=Path),
    help="What MODEL was trained on, whole: a text, or sentence pairs as TSV; UTF-8, or as .xz.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_context
def check(context: click.Context, model: str, corpus: Path | None, as_json: bool) -> None:
    """Measure again what the card of MODEL says, and exit with 1 where it says otherwise.

    The weights are those that are there, and the sentences or passages those that were held out
    from training. BLEU and chrF may differ by 0.1, everything else by 0.1 %. MODEL is the name of a
    model that comes with the program, or the path of a model's folder, such as ./mine.
    """
    from explorer.models import catalogue
    from explorer.training.check import check as checked

    pretrained = catalogue.load(model)
    recipe = recipe_of(pretrained.card.name)
    found = checked(pretrained, recipe, text=read_text(corpus) if corpus else None)
    if as_json:
        rows = [{**asdict(one), "agrees": one.agrees} for one in found]
        click.echo(json.dumps({"model": model, "figures": rows}, ensure_ascii=False))
    else:
        click.echo("\n".join(_said(found)))
    if not all(one.agrees for one in found):
        context.exit(1)


def _said(found: "Sequence[Compared]") -> Iterator[str]:
    """A line a figure that was measured, how many agree, and what else is on the card."""
    measured = [one for one in found if one.now is not None]
    yield f"{'figure':{_WIDTH}} {'card':>9} {'now':>9}"
    for one in measured:
        said = "–" if one.said is None else one.said
        yield f"{one.name:{_WIDTH}} {said:>9} {one.now:>9}{'' if one.agrees else '  differs'}"
    yield f"{sum(one.agrees for one in measured)} of {len(measured)} figures agree with the card"
    others = dict.fromkeys(one.name.partition(", ")[0] for one in found if one.now is None)
    if others:
        yield f"not measured here: {'; '.join(others)}"
