"""What the quantities of a cell are called in the reader's language."""

from explorer.recurrence.quantities import QUANTITIES, long_name
from explorer.web.kit.i18n import _


def quantity_names(cell: str) -> dict[str, str]:
    """Quantity → its name, for every quantity of the cell."""
    return {quantity: _(long_name(cell, quantity)) for quantity in QUANTITIES[cell]}
