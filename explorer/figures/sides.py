"""A figure by how many words stand on either side of a blank: left down, right across."""

import math
from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from explorer.figures.written import UPWARD, texts_in
from explorer.text import numbers

_HEIGHT = 330
#: How a card calls the group that has no end.
_OPEN = " or more"


def sides_map(
    cells: Mapping[str, Mapping[str, tuple[float, int]]],
    *,
    top: float,
    percent: bool,
    name: str,
    left: str,
    right: str,
    count: str,
) -> go.Figure:
    """A map with the figure written in every cell.

    Args:
        cells: The figure and how many blanks it is of, by left and by right.
        top: The value at full colour.
        percent: Whether the figure is a share; else colours follow its logarithm.
        name: What the reader calls the model.
        left: What stands on the left, with the reader's word.
        right: The same of the right.
        count: What is counted.
    """
    rows = [*cells]
    columns = [*dict.fromkeys(c for row in cells.values() for c in row)]
    order = {name: at for at, name in enumerate(rows)}
    columns.sort(key=lambda column: order.get(column, len(order)))
    nothing = (math.nan, 0)
    pairs = np.array([[cells[row].get(column, nothing) for column in columns] for row in rows])
    values = pairs[..., 0]  # (rows, columns)
    written = [[_written(value, percent) for value in row] for row in values.tolist()]
    heat = go.Heatmap(
        z=values if percent else np.log(values),
        x=[_label(column) for column in columns],
        y=[_label(row) for row in rows],
        zmin=0,
        zmax=top if percent else math.log(top),
        colorscale=UPWARD,
        showscale=False,
        text=written,
        customdata=pairs[..., 1],
        hovertemplate=f"{left}: %{{y}}<br>{right}: %{{x}}<br>%{{text}}"
        f"<br>{count}: %{{customdata}}<extra></extra>",
    )
    figure = go.Figure([heat, texts_in(heat, written)])
    figure.update_layout(
        title={"text": name, "font": {"size": 15}},
        height=_HEIGHT,
        margin={"l": 8, "r": 8, "t": 36, "b": 8},
        dragmode=False,
        xaxis={"title": right, "type": "category", "showgrid": False},
        yaxis={"title": left, "type": "category", "autorange": "reversed", "showgrid": False},
    )
    return figure


def _written(value: float, percent: bool) -> str:
    if math.isnan(value):
        return ""
    return numbers.percent(value) if percent else f"{value:,.0f}"


def _label(group: str) -> str:
    return f"{group.removesuffix(_OPEN)}+" if group.endswith(_OPEN) else group
