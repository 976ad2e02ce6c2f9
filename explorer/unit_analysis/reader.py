"""What an analysis asks of a model: to read texts, and what they cost when units are held."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import numpy.typing as npt
import xarray as xr

from explorer.recurrence.intervention import Intervention
from explorer.recurrence.intervention import Place as At
from explorer.unit_analysis.series import Place

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Read:
    """A text as it was read.

    Attributes:
        tokens: What was read, T tokens.
        trace: Of these alone, batch 1.
    """

    tokens: tuple[str, ...]
    trace: xr.Dataset


@dataclass(frozen=True)
class Held:
    """A unit that is held at one value at every step."""

    place: Place
    value: float


@dataclass(frozen=True)
class Cost:
    """What a text costs.

    Attributes:
        tokens: What was to be predicted, M tokens.
        bits: −log₂ p of each, (1 + R, M): of the model as it is, then with each of R units held.
    """

    tokens: tuple[str, ...]
    bits: Array


@dataclass(frozen=True)
class UnitsRead:
    """What some units did while a text was read.

    Attributes:
        tokens: What was read, T tokens.
        values: Of P units, (P, T).
    """

    tokens: tuple[str, ...]
    values: Array


class Reader(Protocol):
    """A model that reads texts."""

    def read(self, texts: Sequence[str]) -> list[Read]:
        """Each text from a state of zeros."""

    def costs(self, texts: Sequence[str], held: Sequence[Held]) -> list[Cost] | None:
        """What each text costs, as it is and with each unit held by itself; None if unknown."""


@runtime_checkable
class UnitsReader(Protocol):
    """A model that can read texts for the sake of some units alone, and sooner than for all."""

    def read_units(self, texts: Sequence[str], places: Sequence[Place]) -> list[UnitsRead]:
        """Each text from a state of zeros."""


def holding(held: Sequence[Held]) -> list[Intervention]:
    """What holds one unit in each of R sequences of a batch, the r-th in the r-th."""
    where: dict[tuple[int, str, str], list[tuple[int, Held]]] = {}
    for row, one in enumerate(held):
        place = one.place
        where.setdefault((place.layer, place.direction, place.quantity), []).append((row, one))
    return [
        Intervention(quantity, function=_Hold(some), layer=layer, direction=direction)
        for (layer, direction, quantity), some in where.items()
    ]


def held_alone(held: Held, *, forward: bool = False) -> Intervention:
    """What holds a unit in every sequence; ``forward`` where what is read was turned round."""
    place = held.place
    return Intervention(
        place.quantity,
        value=held.value,
        layer=place.layer,
        direction="forward" if forward else place.direction,
        units=place.unit,
    )


class _Hold:
    """Writes the values of some units, each in its row."""

    def __init__(self, held: Sequence[tuple[int, Held]]) -> None:
        self._of = dict(held)

    def __call__(self, values: Array, at: At) -> Array:
        for row, sequence in enumerate(at.batch):
            if (one := self._of.get(sequence)) is not None:
                values[row, one.place.unit] = one.value
        return values
