"""The short code of an intervention, as the address of a page writes it: ``hidden~x0.5~u3~s4-9``.

The quantity, then what it is set to, or multiplied by where an ``x`` comes first; then the layer
``l``, the unit ``u`` and the steps ``s``, the last one included. What is not named is all of them.
"""

from __future__ import annotations

import re
import reprlib
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from explorer.errors import ExplorerError
from explorer.recurrence.indices import Indices
from explorer.text.numbers import read_decimal, read_whole

if TYPE_CHECKING:
    from explorer.recurrence.intervention import Intervention

_CODE = re.compile(
    r"(?P<quantity>\w{1,40})~(?P<scaled>x?)(?P<amount>-?[\w.+-]{1,24})"
    r"(~l(?P<layer>\d{1,6}))?(~u(?P<unit>\d{1,6}))?(~s(?P<first>\d{1,6})(-(?P<last>\d{1,6}))?)?"
)


def arguments(code: str) -> dict[str, Any]:
    """What a code gives to :class:`Intervention`; nothing of its size is made before it is checked.

    Raises:
        ExplorerError: It is no such code.
    """
    found = _CODE.fullmatch(code)
    try:
        if not found:
            raise ValueError(code)
        return {
            "quantity": found["quantity"],
            "scale" if found["scaled"] else "value": read_decimal(found["amount"]),
            "layer": None if found["layer"] is None else read_whole(found["layer"]),
            "units": None if found["unit"] is None else read_whole(found["unit"]),
            "steps": _read_steps(found["first"], found["last"]),
        }
    except ValueError:
        raise ExplorerError(
            "No intervention is written {code}: a code is like hidden~x0.5~l0~u3~s4-9.",
            code=reprlib.repr(code),
        ) from None


def code_of(intervention: Intervention) -> str:
    """How an intervention is written.

    Raises:
        ExplorerError: It is by a function, with an array, in one direction or for some sequences
            alone, or not in one layer, of one unit and at one run of steps, or at all of them.
    """
    places = {"l": intervention.layer, "u": intervention.units}
    named = [f"{letter}{place}" for letter, place in places.items() if place is not None]
    scaled = "" if intervention.scale is None else "x"
    amount = scaled + _shortest(intervention.amount)
    code = "~".join([intervention.quantity, amount, *named, *_run(intervention.steps)])
    if intervention.direction or intervention.batch is not None or not _CODE.fullmatch(code):
        raise ExplorerError(
            "Only a number for one layer, one unit and a run of steps, or for all of them, has a "
            "code; this intervention has none: {intervention}.",
            intervention=str(intervention),
        )
    return code


def _read_steps(first: str | None, last: str | None) -> range | None:
    if first is None:
        return None
    steps = range(read_whole(first), read_whole(last or first) + 1)
    if not steps:
        raise ValueError(last)
    return steps


def _run(steps: Indices) -> list[str]:
    """How steps are written: as nothing if all are meant, as no code if they are no run."""
    match steps:
        case None:
            return []
        case range(start=first, stop=stop, step=1) if first < stop:
            return [f"s{first}" if stop == first + 1 else f"s{first}-{stop - 1}"]
    return [f"s{steps}"]


def _shortest(amount: npt.NDArray[np.float64]) -> str:
    """A number with no more digits than it needs; nothing for an array or a function."""
    if amount.ndim or np.isnan(amount):
        return ""
    short = f"{amount:g}"
    return short if float(short) == amount else repr(float(amount))
