"""A hand on the gates: which quantity of which units at which steps is changed, and to what.

Plain values, no torch. It knows the names of the quantities, and nothing of modules or arrays.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite
from operator import index
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.errors import ExplorerError
from explorer.locale import N_
from explorer.recurrence.quantities import GATES, QUANTITIES

#: Numbers from 0 on; None stands for all of them.
Chosen = int | Sequence[int] | None
Change = Callable[[npt.NDArray[Any]], npt.NDArray[Any]]

ALL_GATES = frozenset().union(*GATES.values())
_DIRECTIONS = ("forward", "backward")

_MISSING = {
    "layer": N_("There is no layer {number}: the layers here are 0 to {last}."),
    "unit": N_("There is no unit {number}: the units here are 0 to {last}."),
    "step": N_("There is no step {number}: the steps here are 0 to {last}."),
}


@dataclass(frozen=True)
class Intervention:
    """One change to what a recurrent layer computes.

    The quantity is changed after it is computed and before anything else uses it: a gate or a
    candidate before the state is made of it, the memory before the output gate lets it out, the
    hidden state before the next step and the next layer read it. The initial state is no step and
    is not changed.

    Attributes:
        quantity: The book's name: "reset", "update", "candidate" or "hidden" in a GRU; "input",
            "forget", "output", "candidate", "memory" or "hidden" in an LSTM; "hidden" in an RNN.
        value: What the quantity is set to: 0 to 1 for a gate, any finite number for another.
        scale: What the quantity is multiplied by; a gate must stay within 0 to 1.
        function: Called once a step with a copy of the chosen units' values, (n, U), for the n
            sequences that stand at that step (longest first, if they are packed); returns as
            many. Its result may depend on its argument alone.
        layer: Layers, from 0; all if None.
        direction: "forward" or "backward", as in the trace; both if None.
        units: Units, from 0; all if None.
        steps: Steps, as the trace numbers them: a step is a place in the sequence, in both
            directions, and stands for what is computed on reading the token there. So step 0 is
            the forward direction's first and the backward direction's last. All if None. A
            sequence that has ended is not changed.

    Numbers are one int or a sequence of them, such as a range; there are no negative ones.

    Raises:
        ExplorerError: Not exactly one of value, scale and function is given, no cell has such a
            quantity, a gate's value is not within 0 to 1, a number is not finite, or a layer, a
            unit, a step or a direction can be none.
    """

    quantity: str
    value: float | None = None
    scale: float | None = None
    function: Change | None = None
    layer: Chosen = None
    direction: str | None = None
    units: Chosen = None
    steps: Chosen = None

    def __post_init__(self) -> None:
        _check_change(self)
        if self.direction not in (None, *_DIRECTIONS):
            raise ExplorerError(
                'A direction is "forward" or "backward", not {found}.', found=repr(self.direction)
            )
        for chosen in (self.layer, self.units, self.steps):
            numbers(chosen)

    def __str__(self) -> str:
        change = f"= {self.value}" if self.value is not None else f"times {self.scale}"
        if self.function is not None:
            change = f"by {getattr(self.function, '__name__', 'a function')}"
        places = {
            "layer": self.layer,
            "direction": self.direction,
            "units": self.units,
            "steps": self.steps,
        }
        where = [f"{name} {place}" for name, place in places.items() if place is not None]
        return ", ".join([f"{self.quantity} {change}", *where])


def numbers(chosen: Chosen) -> tuple[int, ...] | None:
    """The chosen numbers; None if all are.

    Raises:
        ExplorerError: They are no whole numbers, or one is negative.
    """
    if chosen is None:
        return None
    try:
        found = tuple(map(index, chosen)) if np.iterable(chosen) else (index(chosen),)
    except TypeError:
        found = (-1,)
    if found and min(found) < 0:
        raise ExplorerError(
            "Layers, units and steps are chosen by whole numbers from 0 on, not by {found}.",
            found=repr(chosen),
        )
    return found


def check_place(
    intervention: Intervention, cell: str, *, layers: int, directions: int, units: int
) -> None:
    """Whether a module has what an intervention changes, whatever it reads.

    Raises:
        ExplorerError: Its cell has no such quantity, or it has no such layer, direction or unit.
    """
    if intervention.quantity not in QUANTITIES[cell]:
        raise ExplorerError(
            "This {cell} has nothing called {quantity}; it has {names}.",
            cell=cell.upper(),
            quantity=repr(intervention.quantity),
            names=", ".join(QUANTITIES[cell]),
        )
    if directions == 1 and intervention.direction == "backward":
        raise ExplorerError("This module reads forward only: it has no backward direction.")
    check_numbers("layer", intervention.layer, layers)
    check_numbers("unit", intervention.units, units)


def check_numbers(axis: str, chosen: Chosen, count: int) -> None:
    """Whether all chosen numbers of an axis ("layer", "unit" or "step") are below its count.

    Raises:
        ExplorerError: One is not.
    """
    greatest = max(numbers(chosen) or (0,))
    if greatest >= count:
        raise ExplorerError(_MISSING[axis], number=greatest, last=count - 1)


def _check_change(given: Intervention) -> None:
    known = {name: None for names in QUANTITIES.values() for name in names}
    if given.quantity not in known:
        raise ExplorerError(
            "No recurrent cell has anything called {quantity}; choose among {names}.",
            quantity=repr(given.quantity),
            names=", ".join(known),
        )
    ways = [way for way in (given.value, given.scale, given.function) if way is not None]
    if len(ways) != 1:
        raise ExplorerError(
            "An intervention takes exactly one of value, scale and function; here are {count}.",
            count=len(ways),
        )
    if not callable(ways[0]) and not isfinite(ways[0]):
        raise ExplorerError(
            "An intervention needs a finite number, not {value}.",
            value=ways[0],
        )
    if given.value is not None and given.quantity in ALL_GATES and not 0 <= given.value <= 1:
        raise ExplorerError(
            "A gate lies between 0 and 1: {quantity} cannot be set to {value}.",
            quantity=given.quantity,
            value=given.value,
        )
