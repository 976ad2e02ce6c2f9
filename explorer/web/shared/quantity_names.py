"""What the quantities of a cell are called in the reader's language."""

from explorer.recurrence.quantities import QUANTITIES, long_name
from explorer.web.kit.i18n import _


def quantity_names(cell: str) -> dict[str, str]:
    """Quantity → its name, for every quantity of the cell."""
    return {quantity: _(long_name(cell, quantity)) for quantity in QUANTITIES[cell]}


def name_in(cell: str, quantity: str, unit: int) -> str:
    """What a quantity of one unit is called."""
    name = _(long_name(cell, quantity))
    return _("{quantity} of unit {unit}").format(quantity=name, unit=unit)
