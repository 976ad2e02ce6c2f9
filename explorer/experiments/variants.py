"""Small translators trained in several ways and from several seeds, and how the ways compare."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from explorer.experiments.experiment import Numbers, Table, Watch
from explorer.experiments.small_translator import SEEDS, UPDATES, Lesson, learned
from explorer.experiments.tables import Row, column, columns, rows
from explorer.experiments.verdicts import Interval, above
from explorer.models.seq2seq import Seq2Seq

#: What is measured of a trained model, by name.
Examined = Callable[[Seq2Seq, Lesson], Mapping[str, float]]


@dataclass(frozen=True)
class Variants:
    """Lessons by name, and what is measured after each.

    Attributes:
        lessons: The one that the others are compared with first.
        examined: What is measured.
    """

    lessons: Mapping[str, Lesson]
    examined: Examined

    def measure(self, watch: Watch, *, seeds: range = SEEDS, updates: int = UPDATES) -> Numbers:
        """Every number of every variant and seed, a row each."""
        found: list[Row] = []
        for done, seed in enumerate(seeds, 1):
            found += self._rows(seed, updates)
            watch(done / len(seeds))
        return {"seeds": columns(found)}

    def _rows(self, seed: int, updates: int) -> Iterator[Row]:
        for name, lesson in self.lessons.items():
            model = learned(lesson, seed, updates=updates)
            size = sum(weights.numel() for weights in model.parameters())
            found = self.examined(model, lesson)
            yield {"variant": name, "seed": seed, "parameters": size, **found}


def values(table: Table, variant: str, name: str) -> list[float]:
    """The numbers of one variant, in the order of the seeds."""
    return column(rows(table, variant=variant), name)


def compared(numbers: Numbers, one: str, other: str, name: str) -> Interval:
    """By how much one variant's numbers are above the other's, seed by seed."""
    table = numbers["seeds"]
    return above(values(table, one, name), values(table, other, name))
