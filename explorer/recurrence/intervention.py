"""A change to a gate or a state: which quantity of which units at which steps, and to what.

Plain values that can be compared and hashed; torch is not imported.
"""

import reprlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from inspect import signature
from itertools import chain
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from explorer.errors import ExplorerError
from explorer.recurrence.arrays import real_numbers
from explorer.recurrence.indices import Indices, as_indices
from explorer.recurrence.intervention_code import arguments, code_of
from explorer.recurrence.intervention_fit import check_shape
from explorer.recurrence.quantities import GATES, QUANTITIES

ALL_GATES = frozenset().union(*GATES.values())
_DIRECTIONS = ("forward", "backward")


@dataclass(frozen=True)
class Place:
    """Where an intervention's function is called: the labels, in the trace, of what it is given.

    Attributes:
        quantity: The book's name.
        layer: From 0.
        direction: "forward" or "backward".
        step: The place in the sequence, in both directions.
        batch: Which sequence each row is, n of them.
        units: Which unit each column is, U of them.
    """

    quantity: str
    layer: int
    direction: str
    step: int
    batch: tuple[int, ...]
    units: tuple[int, ...]


Change = Callable[[npt.NDArray[Any], Place], npt.ArrayLike]


@dataclass(frozen=True, repr=False)
class Intervention:
    """One change to what a recurrent layer computes.

    The quantity is changed after it is computed and before anything else uses it: a gate or a
    candidate before the state is made of it, the memory before the output gate lets it out, the
    hidden state before the next step and the next layer read it. The initial state is no step and
    is not changed.

    Attributes:
        quantity: The book's name: "reset", "update", "candidate" or "hidden" in a GRU; "input",
            "forget", "output", "candidate", "memory" or "hidden" in an LSTM; "hidden" in an RNN.
        value: What the quantity is set to: 0 to 1 for a gate, any finite number for another. A
            number, or anything of numbers that broadcasts over the chosen (batch, step, unit), or
            over all of them, of which the chosen are taken: a list of one number a unit, an array
            (steps, 1), what another trace holds, such as ``trace["hidden"][0, 0]``. NaN may stand
            where no sequence is. It is kept as a number or nested tuples.
        scale: What the quantity is multiplied by, of the same forms; a gate must stay within
            0 to 1.
        function: Called once a step, as ``function(values, place)``, with a copy of the chosen
            units' values, (n, U), for the n chosen sequences that stand at that step (longest
            first, if they are packed), and with the :class:`Place`, which says where this is;
            returns as many. Its result may depend on its arguments alone.
        layer: Layers, from 0; all if None.
        direction: "forward" or "backward", as in the trace; both if None.
        units: Units, from 0; all if None.
        steps: Steps, as the trace numbers them: a step is a place in the sequence, in both
            directions, and stands for what is computed on reading the token there. So step 0 is
            the forward direction's first and the backward direction's last. All if None. A
            sequence that has ended is not changed.
        batch: Sequences of the batch, from 0; all if None.

    Numbers are one int or a sequence of them, such as a range; there are no negative ones.

    Raises:
        ExplorerError: Not exactly one of value, scale and function is given, no cell has such a
            quantity, a gate's value is not within 0 to 1, a number is not finite, the value cannot
            broadcast, the function does not take two arguments, or a layer, a unit, a step, a
            sequence or a direction can be none.
    """

    quantity: str
    value: npt.ArrayLike | None = None
    scale: npt.ArrayLike | None = None
    function: Change | None = None
    layer: Indices = None
    direction: str | None = None
    units: Indices = None
    steps: Indices = None
    batch: Indices = None

    def __post_init__(self) -> None:
        for name in ("layer", "units", "steps", "batch"):
            object.__setattr__(self, name, as_indices(getattr(self, name)))
        for name in ("value", "scale"):
            object.__setattr__(self, name, _kept(getattr(self, name)))
        _check_names(self)
        _check_change(self)
        check_shape(self)

    @classmethod
    def parse(cls, code: str) -> Self:
        """The intervention that a page's address writes as ``code``: ``hidden~x0.5~l0~u3~s4-9``.

        Raises:
            ExplorerError: It is no code, or there can be no such intervention.
        """
        return cls(**arguments(code))

    def format(self) -> str:
        """The code of an intervention with one number, as a page's address writes it.

        Raises:
            ExplorerError: It has none: it is by a function, with an array, in one direction or for
                some sequences alone, or not in one layer (or all), of one unit (or all), at one
                run of steps (or all).
        """
        return code_of(self)

    def __repr__(self) -> str:
        return f"<Intervention: {self}>"  # what was given may be a whole trace

    @cached_property
    def amount(self) -> npt.NDArray[np.float64]:
        """What the value or the scale holds, as an array; NaN for a function."""
        return np.asarray(self.scale if self.value is None else self.value, np.float64)

    def __str__(self) -> str:
        change = (
            f"= {_said(self.value)}" if self.value is not None else f"times {_said(self.scale)}"
        )
        if self.function is not None:
            change = f"by {getattr(self.function, '__name__', 'a function')}"
        places = {
            "layer": self.layer,
            "direction": self.direction,
            "units": self.units,
            "steps": self.steps,
            "batch": self.batch,
        }
        where = [f"{name} {place}" for name, place in places.items() if place is not None]
        return ", ".join([f"{self.quantity} {change}", *where])


def as_interventions(*given: Intervention | Iterable[Intervention]) -> tuple[Intervention, ...]:
    """Interventions one after another, whether they come alone or in a sequence.

    Raises:
        ExplorerError: Something is none.
    """
    found = chain.from_iterable(one if np.iterable(one) else [one] for one in given)
    interventions = tuple(found)
    for one in interventions:
        if not isinstance(one, Intervention):
            raise ExplorerError(
                "An intervention must be an explorer.Intervention; {found} is not one.",
                found=reprlib.repr(one),
            )
    return interventions


def _kept(given: Any) -> Any:
    """Numbers in a form that does not change and can be compared: one, or nested tuples.

    Raises:
        ExplorerError: They are none.
    """
    found = None if given is None else real_numbers(given)
    if found is None and given is not None:
        raise _not_finite(reprlib.repr(given))
    return None if found is None else _nested(found.tolist())


def _nested(given: Any) -> Any:
    return tuple(map(_nested, given)) if isinstance(given, list) else given


def _said(kept: Any) -> str:
    return f"numbers of shape {np.shape(kept)}" if isinstance(kept, tuple) else str(kept)


def _check_names(intervention: Intervention) -> None:
    known = {name: None for names in QUANTITIES.values() for name in names}
    if not isinstance(intervention.quantity, str) or intervention.quantity not in known:
        raise ExplorerError(
            "No recurrent cell has a quantity {quantity}; choose from {names}.",
            quantity=reprlib.repr(intervention.quantity),
            names=", ".join(known),
        )
    if not isinstance(intervention.direction, str | None) or intervention.direction not in (
        None,
        *_DIRECTIONS,
    ):
        raise ExplorerError(
            'A direction must be "forward" or "backward", not {found}.',
            found=reprlib.repr(intervention.direction),
        )


def _check_change(intervention: Intervention) -> None:
    ways = [
        way
        for way in (intervention.value, intervention.scale, intervention.function)
        if way is not None
    ]
    if len(ways) != 1:
        raise ExplorerError(
            "An intervention takes exactly one of value, scale and function; {count} were given.",
            count=len(ways),
        )
    if intervention.function is not None:
        _check_function(intervention.function)
        return
    found = intervention.amount
    refused = found[~np.isfinite(found)] if found.ndim == 0 else found[np.isinf(found)]
    if refused.size:
        raise _not_finite(refused[0])
    outside = found[(found < 0) | (found > 1)]
    if intervention.value is not None and intervention.quantity in ALL_GATES and outside.size:
        raise ExplorerError(
            "A gate must be between 0 and 1: {quantity} cannot be set to {value}.",
            quantity=intervention.quantity,
            value=outside[0],
        )


def _check_function(function: Change) -> None:
    try:
        signature(function).bind(None, None)
    except TypeError as error:
        raise ExplorerError(
            "The function of an intervention is called as function(values, place): {found} "
            "does not accept these two arguments.",
            found=getattr(function, "__name__", reprlib.repr(function)),
        ) from error
    except ValueError:  # it does not say what it takes
        pass


def _not_finite(value: object) -> ExplorerError:
    return ExplorerError("An intervention needs a finite number, not {value}.", value=value)
