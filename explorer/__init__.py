"""Gatescope: trace the gates of recurrent networks.

The public API is small. Each name is imported when it is first used, so that
``import explorer`` costs nothing and brings in neither torch nor streamlit.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from explorer.decoding.decode import decode as decode
    from explorer.models.catalogue import load as load
    from explorer.recurrence.intervening import intervening as intervening
    from explorer.recurrence.intervention import Intervention as Intervention
    from explorer.recurrence.record import record as record
    from explorer.recurrence.trace import trace as trace

_HOME = {
    "Intervention": "explorer.recurrence.intervention",
    "decode": "explorer.decoding.decode",
    "intervening": "explorer.recurrence.intervening",
    "load": "explorer.models.catalogue",
    "record": "explorer.recurrence.record",
    "trace": "explorer.recurrence.trace",
}

__all__ = ["Intervention", "decode", "intervening", "load", "record", "trace"]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'explorer' has no attribute '{name}'")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
