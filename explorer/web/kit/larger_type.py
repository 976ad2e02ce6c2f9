"""Charts with larger type, for a room, and as much higher: nothing else of them changes."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

_FACTOR = 1.4
_SMALLEST = 17
"""Pixels of what a chart does not say itself."""
_SIZES = frozenset({"fontSize", "labelFontSize", "titleFontSize"})
_PARTS = ("vconcat", "hconcat", "concat")
_AXES = {"labelFontSize": _SMALLEST, "titleFontSize": _SMALLEST}
_TEXT = {"fontSize": _SMALLEST}
#: What a chart of vega-lite writes as large as nothing in it says.
_VEGA: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        **dict.fromkeys(("axis", "legend", "header"), _AXES),
        **dict.fromkeys(("title", "text"), _TEXT),
    }
)


def larger_vega(chart: Mapping[str, Any]) -> dict[str, Any]:
    """A chart of vega-lite, as its JSON."""
    own: dict[str, Any] = _higher(_larger(chart, _SIZES))
    config = own.pop("config", {})
    merged = {name: {**of, **config.get(name, {})} for name, of in _VEGA.items()}
    return own | {"config": config | merged}


def _higher(chart: Mapping[str, Any]) -> dict[str, Any]:
    """A chart whose height, or that of its parts, has grown as its type has."""
    height = chart.get("height")
    grown = {"height": height * _FACTOR} if isinstance(height, int | float) else {}
    parts = {name: [_higher(part) for part in chart[name]] for name in _PARTS if name in chart}
    return {**chart, **grown, **parts}


def larger_plotly(figure: Mapping[str, Any]) -> dict[str, Any]:
    """A figure of plotly, as its JSON."""
    own: dict[str, Any] = _larger(figure, frozenset({"size"}), of=("font", "tickfont", "textfont"))
    layout = own.get("layout", {})
    font = {"size": _SMALLEST, **layout.get("font", {})}
    axes = {
        name: {**axis, "tickfont": {"size": _SMALLEST, **axis.get("tickfont", {})}}
        for name, axis in layout.items()
        if name.startswith(("xaxis", "yaxis"))
    }
    return own | {"layout": _higher(layout) | axes | {"font": font}}


def _larger(value: Any, names: frozenset[str], of: tuple[str, ...] = (), here: str = "") -> Any:
    """The value with its sizes enlarged; where ``of`` is given, only those of what is called so."""
    if isinstance(value, Mapping):
        grows = names if not of or here in of else frozenset()
        return {
            name: each * _FACTOR
            if name in grows and isinstance(each, int | float)
            else _larger(each, names, of, name)
            for name, each in value.items()
        }
    if isinstance(value, list | tuple):
        return [_larger(each, names, of, here) for each in value]
    return value
