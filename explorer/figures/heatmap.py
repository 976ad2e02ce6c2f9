"""A quantity as a picture: units down, steps across."""

import html
from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from explorer.figures.palette import GATES, reach, scale
from explorer.locale import Translate, english
from explorer.text.tokens import visible

#: Up to so many steps the tokens themselves stand under the axis.
_TOKENS_SHOWN = 80
#: Pixels; many units need more of them, or rows fall between the screen's lines.
_HEIGHT, _TALL, _FEW_UNITS = 290, 440, 64


def heatmap(
    values: np.ndarray,
    quantity: str,
    *,
    name: str,
    tokens: Sequence[str],
    units: Sequence[int],
    translate: Translate = english,
) -> go.Figure:
    """A heatmap of one quantity of one layer.

    The figure's ``meta`` names it, so that the page can draw the chosen step over it and read a
    click without the values being sent again.

    Args:
        values: The quantity, (unit, step), units in the order of drawing.
        quantity: Its name, which decides its colour and its range.
        name: What the reader calls it.
        tokens: One a step.
        units: The number of the unit in each row.
        translate: Into the reader's language.
    """
    _ = translate
    top = reach(quantity, values)
    steps = list(range(values.shape[1]))
    figure = go.Figure(
        go.Heatmap(
            z=np.ascontiguousarray(values, dtype=np.float32),
            x=steps,
            y=[str(unit) for unit in units],
            zmin=0.0 if quantity in GATES else -top,
            zmax=top,
            colorscale=scale(quantity),
            colorbar={"thickness": 8, "outlinewidth": 0, "len": 1.0, "nticks": 5},
            hovertemplate=f"{_('step')} %{{x}}, {_('unit')} %{{y}}: %{{z:.3f}}<extra></extra>",
        )
    )
    figure.update_layout(
        title={"text": name.capitalize(), "font": {"size": 15}},
        height=_HEIGHT if len(units) <= _FEW_UNITS else _TALL,
        margin={"l": 44, "r": 8, "t": 36, "b": 36},
        meta={"gatescope": quantity},
        xaxis=_step_axis(tokens, steps, _),
        yaxis={"title": _("unit"), "type": "category", "autorange": "reversed", "nticks": 8},
    )
    return figure


def _step_axis(tokens: Sequence[str], steps: list[int], _: Translate) -> dict[str, object]:
    axis: dict[str, object] = {"showgrid": False, "zeroline": False}
    if len(tokens) > _TOKENS_SHOWN:
        return axis | {"title": _("step")}
    # Plotly reads its text as HTML, but knows no &quot;; a token is text.
    shown = [html.escape(visible(token), quote=False) for token in tokens]
    return axis | {"tickvals": steps, "ticktext": shown, "tickangle": 0, "tickfont": {"size": 11}}
