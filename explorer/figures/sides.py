"""A figure by how many words stand on either side of a blank: left down, right across."""

from collections.abc import Mapping

import plotly.graph_objects as go

from explorer.figures.palette import scale

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
        percent: Whether the figure is a share.
        name: What the reader calls the model.
        left: What stands on the left, with the reader's word.
        right: The same of the right.
        count: What is counted.
    """
    rows = [*cells]
    columns = [*dict.fromkeys(c for row in cells.values() for c in row)]
    order = {name: at for at, name in enumerate(rows)}
    columns.sort(key=lambda column: order.get(column, len(order)))
    values = [[cells[row].get(column, (None, 0))[0] for column in columns] for row in rows]
    counts = [[cells[row].get(column, (None, 0))[1] for column in columns] for row in rows]
    form = ":.0%" if percent else ":.0f"
    figure = go.Figure(
        go.Heatmap(
            z=values,
            x=[_label(column) for column in columns],
            y=[_label(row) for row in rows],
            zmin=0,
            zmax=top,
            colorscale=scale("hidden", signed=False),
            showscale=False,
            texttemplate=f"%{{z{form}}}",
            customdata=counts,
            hovertemplate=f"{left}: %{{y}}<br>{right}: %{{x}}<br>%{{z{form}}}"
            f"<br>{count}: %{{customdata}}<extra></extra>",
        )
    )
    figure.update_layout(
        title={"text": name, "font": {"size": 15}},
        height=_HEIGHT,
        margin={"l": 8, "r": 8, "t": 36, "b": 8},
        dragmode=False,
        xaxis={"title": right, "type": "category", "showgrid": False},
        yaxis={"title": left, "type": "category", "autorange": "reversed", "showgrid": False},
    )
    return figure


def _label(group: str) -> str:
    return f"{group.removesuffix(_OPEN)}+" if group.endswith(_OPEN) else group
