"""A state of fixed shape as a picture: a square a unit, the layers one above the other."""

import math

import numpy as np
import plotly.graph_objects as go

from explorer.figures.palette import GATES, scale
from explorer.locale import Translate, english

#: Pixels: of a row of squares, and of what is above and below them.
_ROW, _AROUND = 11, 56


def state_picture(
    values: np.ndarray, quantity: str, *, top: float, name: str, translate: Translate = english
) -> go.Figure:
    """A state as squares, unit 0 at its layer's upper left, read line by line.

    Args:
        values: The state, (layer, unit).
        quantity: Of a cell, which decides its colour; a gate's values lie between 0 and ``top``,
            the others' have a sign.
        top: The value at full colour; the same for pictures that are to be compared.
        name: Above the picture.
        translate: Into the reader's language.
    """
    _ = translate
    numbers = _numbers(*values.shape)  # (R, C), −1 where there is no square
    there = numbers >= 0
    layers = [_("layer {layer}").format(layer=layer) for layer in range(len(values))]
    units = values.shape[1]
    said = [
        [f"{layers[n // units]}, {_('unit')} {n % units}" if n >= 0 else "" for n in row]
        for row in numbers.tolist()
    ]
    figure = go.Figure(
        go.Heatmap(
            z=np.where(there, values.ravel()[numbers], np.nan).astype(np.float32),
            text=said,
            zmin=0.0 if quantity in GATES else -top,
            zmax=top,
            xgap=1,
            ygap=1,
            hoverongaps=False,
            colorscale=scale(quantity, signed=quantity not in GATES),
            colorbar={"thickness": 8, "outlinewidth": 0, "len": 1.0, "nticks": 5},
            hovertemplate="%{text}: %{z:.3f}<extra></extra>",
        )
    )
    figure.update_layout(
        title={"text": name, "font": {"size": 15}},
        height=_ROW * len(numbers) + _AROUND,
        margin={"l": 24, "r": 8, "t": 40, "b": 16},
        # A drag would zoom, and a thumb that scrolls the page could not get past.
        dragmode=False,
        xaxis={"visible": False},
        yaxis=_layer_axis(layers, rows=len(numbers)),
    )
    return figure


def _numbers(layers: int, units: int) -> np.ndarray:
    """The place of each square's value in the state, a row of −1 between two layers, (R, C)."""
    rows, columns = _shape(units)
    line = np.full(rows * columns, -1)
    line[:units] = np.arange(units)
    one = line.reshape(rows, columns)
    between = np.full((1, columns), -1)
    stacked = [np.where(one >= 0, one + layer * units, -1) for layer in range(layers)]
    return np.concatenate([part for some in stacked for part in (some, between)][:-1])


def _shape(units: int) -> tuple[int, int]:
    """Rows and columns for so many squares, at least as wide as high, full where that can be."""
    most = math.isqrt(units)
    for rows in range(most, most // 2, -1):
        if units % rows == 0:
            return rows, units // rows
    return most, math.ceil(units / most)


def _layer_axis(layers: list[str], *, rows: int) -> dict[str, object]:
    """The name of each layer beside its middle."""
    height = (rows + 1) / len(layers)  # of a layer with the gap below it
    middles = [layer * height + height / 2 - 1 for layer in range(len(layers))]
    ticks = {"tickvals": middles, "ticktext": layers, "tickangle": -90}
    return {"autorange": "reversed", "showgrid": False, "zeroline": False, **ticks}
