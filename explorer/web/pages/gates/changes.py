"""The reader's changes to gates and states, as the address of a page writes them.

Plain values: it knows neither torch nor the page.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from explorer.errors import ExplorerError
from explorer.recurrence.chosen import check_numbers
from explorer.recurrence.intervention import Intervention, check_place
from explorer.text.numbers import read_decimal, read_whole

#: So many fit into an address and on a page.
MOST = 12
#: Such as "forget~0" or "hidden~x0.5~l0~u3~s4-9".
_CODE = re.compile(
    r"(?P<quantity>\w{1,40})~(?P<scaled>x?)(?P<amount>-?[\w.+-]{1,24})"
    r"(~l(?P<layer>\d{1,6}))?(~u(?P<unit>\d{1,6}))?(~s(?P<first>\d{1,6})(-(?P<last>\d{1,6}))?)?"
)


@dataclass(frozen=True)
class Change:
    """A quantity of one unit or all, in one layer or all, at some steps or all, changed.

    Attributes:
        quantity: The book's name.
        amount: What it is set to, or multiplied by.
        scaled: Whether it is multiplied.
        layer: From 0; None for all.
        unit: From 0; None for all.
        steps: The first and the last, both changed; None for all.
    """

    quantity: str
    amount: float
    scaled: bool = False
    layer: int | None = None
    unit: int | None = None
    steps: tuple[int, int] | None = None

    @property
    def code(self) -> str:
        """How the address writes it."""
        places = [f"l{self.layer}"] if self.layer is not None else []
        places += [f"u{self.unit}"] if self.unit is not None else []
        if self.steps:
            first, last = self.steps
            places.append(f"s{first}" if first == last else f"s{first}-{last}")
        return "~".join([self.quantity, f"{'x' * self.scaled}{self.amount:g}", *places])

    @property
    def place(self) -> tuple[object, ...]:
        """What it changes where; of two changes with one place the later would hide the first."""
        return (self.quantity, self.layer, self.unit, self.steps)

    def covers(self, *, layer: int, unit: int) -> bool:
        """Whether it changes that unit at all."""
        return self.layer in (None, layer) and self.unit in (None, unit)


def read_change(code: str) -> Change:
    """The change that a code stands for, whether or not any model allows it.

    Raises:
        ValueError: It is none.
    """
    found = _CODE.fullmatch(code)
    if not found:
        raise ValueError(code)
    first, last = (_number(found[name]) for name in ("first", "last"))
    steps = None if first is None else (first, first if last is None else last)
    amount = read_decimal(found["amount"])
    if steps and steps[0] > steps[1]:
        raise ValueError(code)
    return Change(
        quantity=found["quantity"],
        amount=amount,
        scaled=bool(found["scaled"]),
        layer=_number(found["layer"]),
        unit=_number(found["unit"]),
        steps=steps,
    )


def read_changes(text: str) -> list[str]:
    """The codes of an address.

    Raises:
        ValueError: One is none, or they are too many.
    """
    codes = text.split(",") if text else []
    if len(codes) > MOST:
        raise ValueError(text)
    return [read_change(code).code for code in codes]


def intervention(change: Change, cell: str, *, layers: int, units: int, steps: int) -> Intervention:
    """The intervention that a change asks for.

    Raises:
        ExplorerError: The cell lacks what it changes, a gate would leave 0 to 1, or there is no
            such layer, unit or step.
    """
    last = change.steps and change.steps[1]
    check_numbers("step", last, steps)  # before a range of that many is made
    made = Intervention(
        change.quantity,
        value=None if change.scaled else change.amount,
        scale=change.amount if change.scaled else None,
        layer=change.layer,
        units=change.unit,
        steps=None if change.steps is None else range(change.steps[0], change.steps[1] + 1),
    )
    check_place(made, cell, layers=layers, directions=1, units=units)
    return made


def put(changes: Sequence[Change], new: Change) -> list[Change]:
    """The changes with another one, in place of that which changes the same at the same place."""
    places = [change.place for change in changes]
    if new.place not in places:
        return [*changes, new]
    at = places.index(new.place)
    return [*changes[:at], new, *changes[at + 1 :]]


def refused(
    changes: Sequence[Change], cell: str, *, layers: int, units: int, steps: int
) -> dict[int, ExplorerError]:
    """Why some changes cannot be made, by their place in the list; the others can."""
    found = {}
    for number, change in enumerate(changes):
        try:
            intervention(change, cell, layers=layers, units=units, steps=steps)
        except ExplorerError as error:
            found[number] = error
    return found


def _number(text: str | None) -> int | None:
    return None if text is None else read_whole(text)
