"""The commands for a reader who judges translations: what to read, and what it came to."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from explorer.cli.cards import judged
from explorer.cli.numbers import Whole
from explorer.cli.training import test_pairs, whole_pairs
from explorer.cli.translation import translator_of

if TYPE_CHECKING:
    from explorer.models.reading import Reader

_seed = click.option(
    "--seed", type=Whole(0, 2**32 - 1), default=0, show_default=True, help="Of the draw."
)


@click.group()
def reading() -> None:
    """Judge translations of test sentences drawn at random, and put the result on the card."""


@reading.command()
@click.argument("model")
@whole_pairs
@click.option("--references", is_flag=True, help="Show the references too; judge without them.")
@_seed
def draw(model: str, pairs: Path, references: bool, seed: int) -> None:
    """Print 60 test sentences of MODEL with their translations, as the card's BLEU has them.

    A line each: the sentence's place in the test split, the sentence, the translation (beam width
    5, α = 0.75), and the references if they are asked for; tabs between them.
    """
    from explorer.models.card import FILE, Card
    from explorer.models.catalogue import find
    from explorer.seq2seq.judgements import drawn

    test = test_pairs(Card.read(find(model) / FILE).name, pairs)
    places = drawn(len(test), seed=seed)
    found = translator_of(model).translate([test[place].source for place in places])
    for place, translation in zip(places, found, strict=True):
        shown = test[place].references if references else ()
        columns = (str(place), test[place].source, translation.text, *shown)
        click.echo("\t".join(columns).encode())


@reading.command()
@click.argument("model")
@click.option(
    "--day",
    type=click.DateTime(["%Y-%m-%d"]),
    default=lambda: f"{date.today()}",
    show_default="today",
    help="When the translations were read.",
)
@click.option(
    "--reader",
    type=click.Choice(["person", "language model"]),
    required=True,
    help="Who judged.",
)
@_seed
def note(model: str, day: datetime, reader: "Reader", seed: int) -> None:
    """Put what judgements.tsv in the folder of MODEL comes to on the model's card."""
    from explorer.models.card import FILE as CARD
    from explorer.models.card import Card
    from explorer.models.catalogue import find
    from explorer.seq2seq.judgements import FILE, parse
    from explorer.seq2seq.judgements import reading as summed
    from explorer.text.files import read_text

    folder = find(model)
    card = Card.read(folder / CARD)
    figures: Any = card.figures
    found = summed(
        parse(read_text(folder / FILE)),
        sentences=figures["test sentences"]["all"],
        reader=reader,
        day=f"{day.date()}",
        seed=seed,
    )
    replace(card, reading=found).write(folder / CARD)
    click.echo("\n".join(judged(found)))
