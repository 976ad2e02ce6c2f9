"""What a card says of its model, measured again on the weights that are there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from explorer.errors import ExplorerError
from explorer.models.card import Card, Figures
from explorer.models.checkpoint import Pretrained
from explorer.models.network import Network
from explorer.text.vocabulary import Vocabulary
from explorer.training.bilingual import Bilingual
from explorer.training.make import build
from explorer.training.recipe import PairsRecipe, Recipe
from explorer.training.task import Task

POINTS = 0.1
"""By how much BLEU and chrF, percent, and half their intervals may differ."""
SHARE = 1e-3
"""By which share of it any other number may: nats, bits, perplexity, accuracy."""


@dataclass(frozen=True)
class Compared:
    """One figure: its name on the card, what the card says, and what was measured now.

    Attributes:
        name: The names of the nested figures, separated by commas.
        said: None if the card has no such figure.
        now: None if it cannot be measured here: another model's, or what people judged.
    """

    name: str
    said: float | str | None
    now: float | str | None

    @property
    def agrees(self) -> bool:
        """Whether the card says what was measured; True where nothing was."""
        if self.now is None:
            return True
        try:
            said, now = _number(self.said), _number(self.now)
        except ValueError:
            return self.said == self.now
        most = POINTS if {"BLEU", "chrF"} & {*self.name.split(", ")} else SHARE * abs(said)
        return abs(said - now) <= most + 1e-9


def check(
    pretrained: Pretrained[Network], recipe: Recipe, *, text: str | None
) -> tuple[Compared, ...]:
    """Every figure of a card, and what its model gives now, measured as it was for the card.

    Args:
        pretrained: The model and its card.
        recipe: What it was trained by.
        text: The corpus, or sentence pairs as TSV; the recall language needs none.

    Raises:
        ExplorerError: The recipe needs a corpus and there is none, or the model was trained on
            another.
    """
    model, card = pretrained
    said, now = dict(_flat(card.figures)), dict(_flat(_task(card, recipe, text).figures(model)))
    return tuple(Compared(name, said.get(name), now.get(name)) for name in {**said, **now})


def _task(card: Card, recipe: Recipe, text: str | None) -> Task[Any]:
    """The task as it was, but for where training started: the card has the words it gave."""
    if isinstance(recipe.reading, PairsRecipe):
        recipe = replace(recipe, reading=replace(recipe.reading, encoder_of=None))
    task = build(recipe, text=text, seed=card.seed or 0)
    if isinstance(task, Bilingual):
        task = replace(task, given=Vocabulary(card.source_vocabulary))
    if task.vocabulary.tokens != card.vocabulary:
        raise ExplorerError(
            "This is not the corpus that “{name}” was trained on: its vocabulary would be another.",
            name=card.name,
        )
    return task


def _flat(figures: Figures, path: str = "") -> Iterator[tuple[str, float | str]]:
    for name, value in figures.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{path}{name}, ")
        else:
            yield f"{path}{name}", value


def _number(value: float | str | None) -> float:
    """A number, or the half of an interval as cards write it: ± 1.62.

    Raises:
        ValueError: It is none.
    """
    if value is None:
        raise ValueError("no figure")
    return float(value.removeprefix("± ") if isinstance(value, str) else value)
