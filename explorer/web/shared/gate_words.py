"""What it means that a gate is near one or near zero."""

from collections.abc import Mapping
from types import MappingProxyType

from explorer.locale import N_
from explorer.web.kit.i18n import _

_ENDS: Mapping[str, str] = MappingProxyType(
    {
        "reset": N_("1: the candidate uses the old state · 0: it ignores it"),
        "update": N_("1: keeps the old state · 0: overwrites it"),
        "input": N_("1: lets the candidate in · 0: keeps it out"),
        "forget": N_("1: keeps the memory · 0: forgets it"),
        "output": N_("1: lets the memory out · 0: holds it back"),
    }
)


def ends_of(quantity: str) -> str:
    """What the two ends of a gate mean; empty for what is no gate."""
    return _(_ENDS[quantity]) if quantity in _ENDS else ""
