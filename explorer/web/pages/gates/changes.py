"""The reader's changes to gates and states: a list of interventions, as the address keeps it."""

from __future__ import annotations

from collections.abc import Callable

from explorer.errors import ExplorerError
from explorer.recurrence.indices import check_indices
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.intervention_fit import check_place

#: So many fit into an address and on a page.
MOST = 12


class Changes(tuple[Intervention, ...]):
    """Interventions in their order; as text, their codes as the address writes them."""

    def __str__(self) -> str:
        return ",".join(change.format() for change in self)

    def put(self, new: Intervention) -> Changes:
        """With another one, in place of that which changes the same quantity at the same place."""
        places = [_place(change) for change in self]
        at = places.index(_place(new)) if _place(new) in places else len(self)
        return Changes((*self[:at], new, *self[at + 1 :]))


def reader(problems: list[ExplorerError]) -> Callable[[str], Changes]:
    """A function that reads the codes of an address, and leaves out what can be no intervention.

    Args:
        problems: Where it says why it left one out.

    Returns:
        The function; where nothing is left it raises why, and a ValueError where there are too
        many codes.
    """

    def read(text: str) -> Changes:
        changes, errors = [], []
        codes = text.split(",") if text else []
        for code in codes:
            try:
                changes.append(Intervention.parse(code))
            except ExplorerError as error:
                errors.append(error)
        if len(codes) > MOST:
            raise ValueError(text)
        if errors and not changes:
            raise errors[0]
        problems.extend(errors)
        return Changes(changes)

    return read


def refusal(
    change: Intervention, cell: str, *, layers: int, units: int, steps: int
) -> ExplorerError | None:
    """Why a model of one direction cannot make a change on a text of so many steps, if so."""
    try:
        check_indices("step", change.steps, steps)
        check_place(change, cell, layers=layers, directions=1, units=units)
    except ExplorerError as error:
        return error
    return None


def _place(change: Intervention) -> tuple[object, ...]:
    """What it changes where; of two changes with one place the later would hide the first."""
    return (change.quantity, change.layer, change.units, change.steps)
