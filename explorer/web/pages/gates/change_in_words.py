"""A change to a gate or a state in the reader's words."""

from collections.abc import Mapping

from explorer.recurrence.indices import as_sequence
from explorer.recurrence.intervention import Intervention
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import plain


def say_change(change: Intervention, names: Mapping[str, str]) -> str:
    """One line for the list.

    Args:
        change: Of a number, one unit or all, a run of steps or all.
        names: Quantity → its name in the reader's language.
    """
    units = _("all units") if change.units is None else _("unit {unit}").format(unit=change.units)
    if change.layer is not None:
        units = _("{units} of layer {layer}").format(units=units, layer=change.layer)
    said = _("{quantity} times {amount}: {units}, {steps}")
    if change.scale is None:
        said = _("{quantity} = {amount}: {units}, {steps}")
    name = names.get(change.quantity, plain(change.quantity))
    return said.format(
        quantity=name, amount=f"{change.amount:g}", units=units, steps=_say_steps(change)
    )


def _say_steps(change: Intervention) -> str:
    steps = as_sequence(change.steps)
    if steps is None:
        return _("all steps")
    if len(steps) == 1:
        return _("step {step}").format(step=steps[0])
    return _("steps {first} to {last}").format(first=steps[0], last=steps[-1])
