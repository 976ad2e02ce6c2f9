"""Whether an intervention fits what it is to change: a module, its batch, its steps and units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from explorer.errors import ExplorerError
from explorer.recurrence.indices import Indices, as_sequence, check_indices, greatest
from explorer.recurrence.quantities import QUANTITIES

if TYPE_CHECKING:
    from explorer.recurrence.intervention import Intervention


def check_place(
    intervention: Intervention, cell: str, *, layers: int, directions: int, units: int
) -> None:
    """Whether a module has what an intervention changes, whatever it reads.

    Raises:
        ExplorerError: Its cell has no such quantity, it has no such layer, direction or unit, or
            the value does not broadcast over its units.
    """
    if intervention.quantity not in QUANTITIES[cell]:
        raise ExplorerError(
            "This {cell} has no quantity {quantity}; it has {names}.",
            cell=cell.upper(),
            quantity=repr(intervention.quantity),
            names=", ".join(QUANTITIES[cell]),
        )
    if directions == 1 and intervention.direction == "backward":
        raise ExplorerError("This module reads forward only: it has no backward direction.")
    check_indices("layer", intervention.layer, layers)
    check_indices("unit", intervention.units, units)
    check_shape(intervention, units=units)


def check_shape(
    intervention: Intervention,
    *,
    batch: int | None = None,
    steps: int | None = None,
    units: int | None = None,
) -> None:
    """Whether the value broadcasts over what is changed, of so much of it as is known.

    Args:
        intervention: What is changed.
        batch: How many sequences there are.
        steps: How many steps.
        units: How many units.

    Raises:
        ExplorerError: It does not; both shapes are named.
    """
    shape = intervention.amount.shape
    axes = {
        "batch": (intervention.batch, batch),
        "step": (intervention.steps, steps),
        "unit": (intervention.units, units),
    }
    aligned = zip(shape[::-1], reversed(axes.values()), strict=False)
    if len(shape) > len(axes) or not all(_fits(size, *axis) for size, axis in aligned):
        chosen = [
            known if of is None else len(as_sequence(of) or ()) for of, known in axes.values()
        ]
        whole = [known for _, known in axes.values()]
        raise ExplorerError(
            "The value or scale for {quantity} has shape {found}. It broadcasts neither to "
            "the selected (batch, step, unit), {chosen}, nor to all of them, {whole}.",
            quantity=intervention.quantity,
            found=shape,
            chosen=_product(chosen, axes),
            whole=_product(whole, axes),
        )


def _fits(size: int, of: Indices, known: int | None) -> bool:
    """Whether an axis has one number for all, one for each chosen place or one for each place."""
    found = as_sequence(of)
    places = (known or size) if found is None else len(found)
    if size in (1, places, known):
        return True
    return known is None and found is not None and greatest(found) < size


def _product(sizes: Sequence[int | None], names: Iterable[str]) -> str:
    return " × ".join(str(size or name) for size, name in zip(sizes, names, strict=True))
