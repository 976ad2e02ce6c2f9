"""Gatescope: trace the gates of recurrent networks.

The public API is small. Each name is imported when it is first used, so that
``import explorer`` costs nothing and brings in neither torch nor streamlit.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from explorer.decoding.decode import decode as decode
    from explorer.models.catalogue import load as load
    from explorer.recurrence.export import write as write
    from explorer.recurrence.intervening import intervening as intervening
    from explorer.recurrence.intervention import Intervention as Intervention
    from explorer.recurrence.probe import linear_probe as linear_probe
    from explorer.recurrence.record import record as record
    from explorer.recurrence.summary import half_life as half_life
    from explorer.recurrence.summary import saturation as saturation
    from explorer.recurrence.table import table as table
    from explorer.recurrence.trace import trace as trace
    from explorer.unit_analysis.matching import match as match
    from explorer.unit_analysis.module_reader import ModuleReader as ModuleReader
    from explorer.unit_analysis.units import units as units

_HOME = {
    "Intervention": "explorer.recurrence.intervention",
    "ModuleReader": "explorer.unit_analysis.module_reader",
    "decode": "explorer.decoding.decode",
    "half_life": "explorer.recurrence.summary",
    "intervening": "explorer.recurrence.intervening",
    "linear_probe": "explorer.recurrence.probe",
    "load": "explorer.models.catalogue",
    "match": "explorer.unit_analysis.matching",
    "record": "explorer.recurrence.record",
    "saturation": "explorer.recurrence.summary",
    "table": "explorer.recurrence.table",
    "trace": "explorer.recurrence.trace",
    "units": "explorer.unit_analysis.units",
    "write": "explorer.recurrence.export",
}

__all__ = [
    "Intervention",
    "ModuleReader",
    "decode",
    "half_life",
    "intervening",
    "linear_probe",
    "load",
    "match",
    "record",
    "saturation",
    "table",
    "trace",
    "units",
    "write",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'explorer' has no attribute '{name}'")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
