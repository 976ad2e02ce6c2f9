"""Gatescope: trace the gates of recurrent networks.

The public API is small. Each name is imported when it is first used, so that
``import explorer`` costs nothing and brings in neither torch nor streamlit.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from explorer.decoding.adapters.function import FunctionScorer as FunctionScorer
    from explorer.decoding.adapters.hugging_face import HuggingFaceScorer as HuggingFaceScorer
    from explorer.decoding.constraints import BannedTokens as BannedTokens
    from explorer.decoding.constraints import ForcedPrefix as ForcedPrefix
    from explorer.decoding.constraints import MinimumLength as MinimumLength
    from explorer.decoding.constraints import NoRepeatedNgram as NoRepeatedNgram
    from explorer.decoding.constraints import constrain as constrain
    from explorer.decoding.decode import decode as decode
    from explorer.decoding.mixture import Mixture as Mixture
    from explorer.models.catalogue import load as load
    from explorer.models.own_model import save as save
    from explorer.recurrence.cell import Cell as Cell
    from explorer.recurrence.cell import traceable as traceable
    from explorer.recurrence.export import write as write
    from explorer.recurrence.gate_attribution import AtGate as AtGate
    from explorer.recurrence.gate_attribution import gradient_x_activation as gradient_x_activation
    from explorer.recurrence.gate_attribution import integrated_gradients as integrated_gradients
    from explorer.recurrence.gate_attribution import layer_activation as layer_activation
    from explorer.recurrence.intervening import intervening as intervening
    from explorer.recurrence.intervention import Intervention as Intervention
    from explorer.recurrence.probe import linear_probe as linear_probe
    from explorer.recurrence.record import record as record
    from explorer.recurrence.summary import half_life as half_life
    from explorer.recurrence.summary import saturation as saturation
    from explorer.recurrence.table import table as table
    from explorer.recurrence.trace import trace as trace
    from explorer.recurrence.unrolled import unrolled as unrolled
    from explorer.saving.shown import save_page as save_page
    from explorer.saving.shown import show as show
    from explorer.unit_analysis.matching import match as match
    from explorer.unit_analysis.module_reader import ModuleReader as ModuleReader
    from explorer.unit_analysis.units import units as units

_HOME = {
    "AtGate": "explorer.recurrence.gate_attribution",
    "BannedTokens": "explorer.decoding.constraints",
    "Cell": "explorer.recurrence.cell",
    "ForcedPrefix": "explorer.decoding.constraints",
    "FunctionScorer": "explorer.decoding.adapters.function",
    "HuggingFaceScorer": "explorer.decoding.adapters.hugging_face",
    "Intervention": "explorer.recurrence.intervention",
    "MinimumLength": "explorer.decoding.constraints",
    "Mixture": "explorer.decoding.mixture",
    "ModuleReader": "explorer.unit_analysis.module_reader",
    "NoRepeatedNgram": "explorer.decoding.constraints",
    "constrain": "explorer.decoding.constraints",
    "decode": "explorer.decoding.decode",
    "gradient_x_activation": "explorer.recurrence.gate_attribution",
    "half_life": "explorer.recurrence.summary",
    "integrated_gradients": "explorer.recurrence.gate_attribution",
    "intervening": "explorer.recurrence.intervening",
    "layer_activation": "explorer.recurrence.gate_attribution",
    "linear_probe": "explorer.recurrence.probe",
    "load": "explorer.models.catalogue",
    "match": "explorer.unit_analysis.matching",
    "record": "explorer.recurrence.record",
    "saturation": "explorer.recurrence.summary",
    "save": "explorer.models.own_model",
    "save_page": "explorer.saving.shown",
    "show": "explorer.saving.shown",
    "table": "explorer.recurrence.table",
    "trace": "explorer.recurrence.trace",
    "traceable": "explorer.recurrence.cell",
    "units": "explorer.unit_analysis.units",
    "unrolled": "explorer.recurrence.unrolled",
    "write": "explorer.recurrence.export",
}

__all__ = [
    "AtGate",
    "BannedTokens",
    "Cell",
    "ForcedPrefix",
    "FunctionScorer",
    "HuggingFaceScorer",
    "Intervention",
    "MinimumLength",
    "Mixture",
    "ModuleReader",
    "NoRepeatedNgram",
    "constrain",
    "decode",
    "gradient_x_activation",
    "half_life",
    "integrated_gradients",
    "intervening",
    "layer_activation",
    "linear_probe",
    "load",
    "match",
    "record",
    "saturation",
    "save",
    "save_page",
    "show",
    "table",
    "trace",
    "traceable",
    "units",
    "unrolled",
    "write",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'explorer' has no attribute '{name}'")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
