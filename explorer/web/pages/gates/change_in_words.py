"""A change to a gate or a state in the reader's words."""

from collections.abc import Mapping

from explorer.web.kit.i18n import _
from explorer.web.kit.markup import plain
from explorer.web.pages.gates.changes import Change


def say_change(change: Change, names: Mapping[str, str]) -> str:
    """One line for the list.

    Args:
        change: The change.
        names: Quantity → its name in the reader's language.
        _: Into the reader's language.
    """
    units = _("all units") if change.unit is None else _("unit {unit}").format(unit=change.unit)
    if change.layer is not None:
        units = _("{units} of layer {layer}").format(units=units, layer=change.layer)
    said = _("{quantity} times {amount}: {units}, {steps}")
    if not change.scaled:
        said = _("{quantity} = {amount}: {units}, {steps}")
    name = names.get(change.quantity, plain(change.quantity))
    return said.format(
        quantity=name, amount=f"{change.amount:g}", units=units, steps=_say_steps(change)
    )


def _say_steps(change: Change) -> str:
    if change.steps is None:
        return _("all steps")
    first, last = change.steps
    if first == last:
        return _("step {step}").format(step=first)
    return _("steps {first} to {last}").format(first=first, last=last)
