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
    layer: int | None = None,
    divider: int | None = None,
    signed: bool = False,
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
        layer: The layer that a click chooses, where the page shows several.
        divider: The step in front of which a line is drawn.
        signed: Whether the values are differences: full colour is then at the largest.
        translate: Into the reader's language.
    """
    _ = translate
    top = float(np.abs(values).max()) or 1.0 if signed else reach(quantity, values)
    gate = quantity in GATES and not signed
    steps = list(range(values.shape[1]))
    numbers = np.array(steps, dtype=np.int16)  # (T,)
    by_number = len(tokens) > _TOKENS_SHOWN
    # Where the axis says tokens, a label would too; the step then comes with the values.
    at = "%{x}" if by_number else "%{customdata}"
    figure = go.Figure(
        go.Heatmap(
            z=np.ascontiguousarray(values, dtype=np.float32),
            x=steps,
            y=[str(unit) for unit in units],
            zmin=0.0 if gate else -top,
            zmax=top,
            colorscale=scale(quantity, signed=not gate),
            customdata=None if by_number else np.broadcast_to(numbers, values.shape),
            colorbar=_colour_bar(top, clipped=not signed and top != 1.0 and quantity not in GATES),
            hovertemplate=f"{_('step')} {at}, {_('unit')} %{{y}}: %{{z:.3f}}<extra></extra>",
        )
    )
    figure.update_layout(
        title={"text": name.capitalize(), "font": {"size": 15}},
        height=_HEIGHT if len(units) <= _FEW_UNITS else _TALL,
        margin={"l": 44, "r": 8, "t": 36, "b": 36},
        meta={"gatescope": quantity, "layer": layer},
        # A drag would zoom, and a thumb that scrolls the page could not get past.
        dragmode=False,
        xaxis=_step_axis(steps, _) if by_number else _token_axis(tokens, steps),
        yaxis={
            "title": _("unit"),
            "type": "category",
            "autorange": "reversed",
            "nticks": 8,
            "showgrid": False,
        },
    )
    if divider is not None:
        figure.add_vline(divider - 0.5, line={"width": 2, "color": "#808080", "dash": "dot"})
    return figure


def _colour_bar(top: float, *, clipped: bool) -> dict[str, object]:
    """The scale beside the picture; the ends of a state's say that larger values look alike."""
    bar: dict[str, object] = {"thickness": 8, "outlinewidth": 0, "len": 1.0, "nticks": 5}
    if not clipped:
        return bar
    return bar | {"tickvals": [-top, 0, top], "ticktext": [f"≤ −{top:.2g}", "0", f"≥ {top:.2g}"]}


def _step_axis(steps: list[int], _: Translate) -> dict[str, object]:
    return {"showgrid": False, "zeroline": False, "title": _("step"), "range": _ends(steps)}


def _token_axis(tokens: Sequence[str], steps: list[int]) -> dict[str, object]:
    # Plotly reads its text as HTML, but knows no &quot;; a token is text.
    shown = [html.escape(visible(token), quote=False) for token in tokens]
    words = any(len(token) > 1 for token in tokens)  # too long to stand side by side
    ticks = {"tickvals": steps, "ticktext": shown, "tickfont": {"size": 12}}
    turned = {"tickangle": -60 if words else 0, "automargin": words}
    return {"showgrid": False, "zeroline": False, "range": _ends(steps), **ticks, **turned}


def _ends(steps: list[int]) -> tuple[float, float]:
    return steps[0] - 0.5, steps[-1] + 0.5
