"""The command that says what each unit of a model does."""

import json
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from explorer.cli.numbers import Whole

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from explorer.models.card import Card
    from explorer.unit_analysis.each import Each

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("model")
@click.option(
    "--corpus", type=_FILE, multiple=True, help="A text, for as many files as this is given."
)
@click.option("--held-out", type=_FILE, multiple=True, help="Other text to measure the units on.")
@click.option("--last-tenth", is_flag=True, help="Measure on the last tenth of each text.")
@click.option(
    "--test-sentences",
    is_flag=True,
    help="Of the sentence pairs or passages that MODEL was trained on choose by those for "
    "validation and measure on those for the test.",
)
@click.option("--own-contexts", is_flag=True, help="Take contexts from the program's own texts.")
@click.option(
    "--part",
    type=click.Choice(["encoder", "decoder", "forward", "backward"]),
    default="decoder",
    help="Of a translation model encoder or decoder (the usual one), of a model that reads both "
    "ways a direction, forward (the usual one) or backward.",
)
@click.option("--quantity", "quantities", multiple=True, help="Such as hidden; all if none.")
@click.option("--no-effects", is_flag=True, help="Hold no unit, which takes longest.")
@click.option("--seed", type=Whole(0, 2**31), default=0, show_default=True)
@click.option("--workers", type=Whole(1, 1024), help="Processes that share the work, by Dask.")
@click.option("--scheduler", help="The address of a Dask scheduler whose workers do the work.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--out", type=_FILE, help="Write all numbers of all units here: .nc or .zarr.")
def units(
    model: str,
    corpus: tuple[Path, ...],
    held_out: tuple[Path, ...],
    last_tenth: bool,
    test_sentences: bool,
    own_contexts: bool,
    part: str,
    quantities: tuple[str, ...],
    no_effects: bool,
    seed: int,
    workers: int | None,
    scheduler: str | None,
    as_json: bool,
    out: Path | None,
) -> None:
    """Say what each unit of MODEL follows in a text, and what it costs to hold it at its mean.

    Units are chosen by some paragraphs of the text and measured on others; without a text it is
    the program's own story or sentences. MODEL is the name of a model that comes with the program,
    or the path of a model's folder, such as ./mine.
    """
    from explorer.unit_analysis.export import check, write
    from explorer.unit_analysis.named_units import named_units
    from explorer.unit_analysis.own_texts import own_texts
    from explorer.unit_analysis.shipped import about_shipped
    from explorer.unit_analysis.units import units as analysed

    if out is not None:
        check(out)  # before the hours that the analysis may take
    card = _card(model)
    texts: Sequence[Path | str] = corpus
    measured_on: Sequence[Path | str] = held_out
    if last_tenth or test_sentences:
        texts, measured_on = _dealt(corpus) if last_tenth else _held_out(card, corpus)
    with _where(workers, scheduler) as each:
        found = analysed(
            model,
            texts or own_texts(card, part),
            held_out=measured_on,
            contexts_from=own_texts(card, part) if own_contexts else (),
            part=part,
            quantities=quantities or None,
            with_effects=not no_effects,
            seed=seed,
            each=each,
        )
    if out is not None:
        write(about_shipped(found, card, part) if own_contexts else found, out)
    rows = [asdict(one) for one in named_units(found)]
    about = {"model": model, **{str(name): value for name, value in found.attrs.items()}}
    if as_json:
        click.echo(json.dumps({**about, "units": rows}, ensure_ascii=False))
    else:
        click.echo("\n".join(_said(rows, about)))


def _where(workers: int | None, scheduler: str | None) -> "AbstractContextManager[Each]":
    from explorer.unit_analysis.each import here
    from explorer.unit_analysis.processes import in_processes

    if workers is None and scheduler is None:
        return nullcontext(here)
    return in_processes(workers, scheduler=scheduler)


def _card(model: str) -> "Card":
    from explorer.models import catalogue
    from explorer.models.card import FILE, Card

    return Card.read(catalogue.find(model) / FILE)


def _dealt(corpus: tuple[Path, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of each text the part that recipes train on, and the last tenth, which they hold out."""
    from explorer.text.files import read_text
    from explorer.training.corpus import Corpus

    texts = [Corpus(read_text(path)) for path in corpus]
    return tuple(one.learned for one in texts), tuple(one.kept for one in texts)


def _held_out(card: "Card", corpus: tuple[Path, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a model's recipe holds out for validation, and for the test.

    Passages of a text; or sentences, each with its first translation.

    Raises:
        ExplorerError: No recipe says how the sentences were split.
    """
    from explorer.errors import ExplorerError
    from explorer.text import passages
    from explorer.text.files import read_text
    from explorer.training.make import split
    from explorer.training.recipe import BlanksRecipe, PairsRecipe, PassagesRecipe
    from explorer.training.recipes import RECIPES

    reading = RECIPES[card.name].reading if card.name in RECIPES else None
    text = "\n".join(map(read_text, corpus))
    if isinstance(reading, PassagesRecipe):
        found = passages.parts(text)
        return found.validation, found.test
    if not isinstance(reading, PairsRecipe | BlanksRecipe):
        raise ExplorerError(
            "Cannot tell which sentences were held out from “{name}”: there is no training "
            "recipe of this name.",
            name=card.name,
        )
    parts = split(reading, text)
    chosen_by, measured_on = (
        "".join(f"{pair.source}\t{pair.references[0]}\n" for pair in some)
        for some in (parts.validation, parts.test)
    )
    return (chosen_by,), (measured_on,)


def _said(rows: list[dict[str, Any]], about: dict[str, Any]) -> Iterator[str]:
    """A line for each unit, and how many were tested."""
    yield (
        f"{'quantity':>9} {'layer':>5} {'unit':>5}  {'score':>5} {'two tokens':>10} {'p':>7} "
        f"{'effect':>8}  label"
    )
    for row in rows:
        effect = "" if row["effect"] is None else f"{row['effect']:+.2f}"
        on = f"; bits on {row['effect_token']!r} when held" if effect else ""
        yield (
            f"{row['quantity']:>9} {row['layer']:>5} {row['unit']:>5}  {row['score']:>5.2f} "
            f"{row['baseline']:>10.2f} {row['p']:>7.4f} {effect:>8}  {row['label']}{on}"
        )
    yield (
        f"{len(rows)} of {about['tested']} tested units follow a label, p < 0.01 after Holm, "
        f"closer than the last two tokens do; {about['steps_chosen_by']:,} steps to choose by, "
        f"{about['steps_measured_on']:,} to measure on."
    )
