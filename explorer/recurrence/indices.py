"""Which layers, units, steps and sequences: whole numbers from 0 on, or all of them."""

import reprlib
from collections.abc import Sequence
from operator import index
from typing import Any

import numpy as np

from explorer.errors import ExplorerError
from explorer.locale import N_

#: Numbers from 0 on; None stands for all of them.
Indices = int | Sequence[int] | None

_MISSING = {
    "layer": N_("There is no layer {number}: the layers are numbered 0 to {last}."),
    "unit": N_("There is no unit {number}: the units are numbered 0 to {last}."),
    "step": N_("There is no step {number}: the steps are numbered 0 to {last}."),
    "batch": N_(
        "There is no sequence {number}: the sequences of the batch are numbered 0 to {last}."
    ),
}


def as_indices(given: Any) -> Indices:
    """The numbers in a form that does not change; a range stays one, however long.

    Raises:
        ExplorerError: They are no whole numbers, or one is negative.
    """
    if given is None:
        return None
    found: int | Sequence[int]
    try:
        if isinstance(given, range):
            found = given
        else:
            found = tuple(map(_whole, given)) if np.iterable(given) else _whole(given)
    except (TypeError, RuntimeError):  # a tensor on the device "meta" has no numbers
        found = -1
    if min(_ends(as_sequence(found) or ()), default=0) < 0:
        raise ExplorerError(
            "Layers, units, steps and sequences are selected by whole numbers from 0, not by "
            "{found}.",
            found=reprlib.repr(given),
        )
    return found


def as_sequence(chosen: Indices) -> Sequence[int] | None:
    """The chosen numbers; None if all are."""
    return (chosen,) if isinstance(chosen, int) else chosen


def check_indices(axis: str, chosen: Indices, count: int) -> None:
    """Whether all chosen numbers of an axis (layer, unit, step or batch) are below its count.

    Raises:
        ExplorerError: One is not.
    """
    found = as_sequence(chosen)
    if found and greatest(found) >= count:
        raise ExplorerError(_MISSING[axis], number=greatest(found), last=count - 1)


def greatest(found: Sequence[int]) -> int:
    """The greatest of some numbers, 0 if there is none."""
    return max(_ends(found), default=0)


def _whole(given: Any) -> int:
    if str(getattr(given, "dtype", type(given).__name__)).endswith("bool"):  # a mask is none
        raise TypeError
    return index(given)


def _ends(found: Sequence[int]) -> Sequence[int]:
    """Enough of the numbers to know the least and the greatest."""
    return (found[0], found[-1]) if isinstance(found, range) and found else found
