"""The command that lists models, and how figures are written on a terminal."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import click

from explorer.errors import ExplorerError
from explorer.text.numbers import percent

if TYPE_CHECKING:
    from explorer.models.card import Card, Figures
    from explorer.models.reading import Reading


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object for all models.")
def models(as_json: bool) -> None:
    """List the models that come with the program, with their measured figures."""
    from explorer.models import catalogue

    cards = list(_readable(catalogue.names()))
    if as_json:
        listed = {card.name: card.fields() for card in cards}
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    for card in cards:
        size = card.architecture
        shape = f"{size.layers} × {size.hidden_size} units, {card.parameters:,} parameters"
        click.echo(f"{card.name}: {card.task}, {size.cell.upper()}, {shape}")
        for line in lines(card.figures):
            click.echo(f"  {line}")
        for line in judged(card.reading) if card.reading else ():
            click.echo(f"  {line}")


def _readable(names: Iterable[str]) -> "Iterator[Card]":
    """The cards that can be read; of a damaged one, the sentence, and on with the others."""
    from explorer.models import catalogue

    for name in names:
        try:
            yield catalogue.card(name)
        except ExplorerError as error:
            click.echo(str(error), err=True)


def judged(reading: "Reading") -> Iterator[str]:
    """What one reader found in translations: the verdicts, then the faults, a line each."""
    from explorer.models.reading import wilson

    def share(count: int) -> str:
        low, high = wilson(count, reading.sentences)
        return f"{count} ({percent(low)} to {percent(high)})"

    verdicts = "  ".join(f"{name}: {share(count)}" for name, count in reading.verdicts.items())
    yield (
        f"{reading.sentences} test sentences drawn at random, judged by one reader, "
        f"a {reading.reader}, before looking at the reference, 95 % intervals: {verdicts}"
    )
    yield "main faults: " + "  ".join(
        f"{name}: {reading.faults[name]}" for name in reading.commonest
    )


def lines(figures: "Figures", path: str = "") -> Iterator[str]:
    """Figures a line each; a mapping of plain numbers on one line, by its keys."""
    for name, value in figures.items():
        if not isinstance(value, Mapping):
            yield f"{path}{name}: {value}"
        elif not any(isinstance(inner, Mapping) for inner in value.values()):
            yield f"{path}{name}: " + "  ".join(f"{k}: {v}" for k, v in value.items())
        else:
            yield from lines(value, f"{path}{name}, ")
