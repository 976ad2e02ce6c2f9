"""What the quantities of a cell are called in the reader's language."""

import xarray as xr

from explorer.locale import N_
from explorer.recurrence.quantities import GATES, QUANTITIES, long_name
from explorer.web.kit.i18n import _


def quantity_names(cell: str) -> dict[str, str]:
    """Quantity → its name, for every quantity of the cell."""
    return {quantity: _(long_name(cell, quantity)) for quantity in QUANTITIES[cell]}


def quantities_of(trace: xr.Dataset) -> tuple[str, ...]:
    """The quantities that a trace has: in the book's order, or of a cell of its own in its own."""
    known = QUANTITIES.get(str(trace.attrs["cell"]), tuple(map(str, trace.data_vars)))
    return tuple(quantity for quantity in known if quantity in trace)


def gates_of(trace: xr.Dataset) -> tuple[str, ...]:
    """Those of them that are known to be gates."""
    known = GATES.get(str(trace.attrs["cell"]), ())
    return tuple(gate for gate in known if gate in trace)


def names_of(trace: xr.Dataset) -> dict[str, str]:
    """Quantity → its name, for every quantity that a trace has."""
    return {
        quantity: name_of(str(trace.attrs["cell"]), quantity) for quantity in quantities_of(trace)
    }


def name_of(cell: str, quantity: str) -> str:
    """A quantity's name; of a cell of its own, what the book calls a quantity of this name."""
    if cell in QUANTITIES:
        return _(long_name(cell, quantity))
    return _(_CANDIDATE) if quantity == "candidate" else _(long_name("lstm", quantity))


_CANDIDATE = N_("candidate")


def name_in(cell: str, quantity: str, unit: int) -> str:
    """What a quantity of one unit is called."""
    name = name_of(cell, quantity)
    return _("{quantity} of unit {unit}").format(quantity=name, unit=unit)
