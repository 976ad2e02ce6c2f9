"""The search for what is like a selected stretch, as a job with progress."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from explorer.models.card import Card
from explorer.models.language_model import LanguageModel
from explorer.unit_analysis.each import Batch
from explorer.unit_analysis.language_reader import LanguageReader
from explorer.unit_analysis.matching import AROUND, Match, Matches, match
from explorer.unit_analysis.reader import UnitsRead
from explorer.unit_analysis.series import Place
from explorer.web.kit.job import Stop

W = TypeVar("W")
T = TypeVar("T")

QUANTITY = "hidden"
"""What is compared: between −1 and 1 in every cell, so that one threshold means the same."""
COUNT = 12


@dataclass(frozen=True)
class Context:
    """A match with what stands around it, T tokens.

    Attributes:
        tokens: As they are read.
        values: The mean, over the units that mark the selected stretch, at each of them.
        marked: The first of the match's steps among them, and the one behind the last.
        units: How many of the units are above the threshold throughout it.
    """

    tokens: tuple[str, ...]
    values: tuple[float, ...]
    marked: tuple[int, int]
    units: int


@dataclass
class Found:
    """What a search has come to: it grows."""

    read: int = 0
    units: tuple[Place, ...] = ()
    contexts: list[Context] = field(default_factory=list)


@dataclass(frozen=True)
class Sought:
    """What is looked for: the stretch (first, behind) of a text, above a threshold, in texts."""

    text: str
    stretch: tuple[int, int]
    above: float
    texts: tuple[str, ...]

    def work(self, model: LanguageModel, card: Card) -> Callable[[Found, Stop], None]:
        """The job's work."""

        def find(found: Found, stop: Stop) -> None:
            reader = LanguageReader(model, card.words)
            matches = match(
                reader,
                self.texts,
                like=(self.text, self.stretch),
                above=self.above,
                quantity=QUANTITY,
                count=COUNT,
                each=_Counting(found, stop),
            )
            found.contexts = _contexts(reader, self.texts, matches)
            found.units = matches.units

        return find


class _Counting:
    """Batch after batch in this thread, counted, until it is told to stop."""

    def __init__(self, found: Found, stop: Stop) -> None:
        self._found, self._stop = found, stop

    def __call__(
        self, function: Callable[[W, Batch], T], shared: W, batches: Iterable[Batch]
    ) -> Iterator[T]:
        for batch in batches:
            if self._stop():
                return
            yield function(shared, batch)
            self._found.read += sum(len(p.content) for passage in batch for p in passage.pieces)


def _contexts(reader: LanguageReader, texts: Sequence[str], matches: Matches) -> list[Context]:
    """The matches with their states: each passage is read once more, up to a little beyond it."""
    again = [
        reader.vocabulary.cut(texts[one.text][one.passage :], one.stop + AROUND)
        for one in matches.places
    ]
    read = reader.read_units(again, matches.units)
    return [_context(one, states) for one, states in zip(matches.places, read, strict=True)]


def _context(one: Match, read: UnitsRead) -> Context:
    first = max(0, one.start - AROUND)
    values = read.values[:, first:].mean(axis=0)
    return Context(
        tokens=read.tokens[first:],
        values=tuple(values.tolist()),
        marked=(one.start - first, one.stop - first),
        units=one.throughout,
    )
