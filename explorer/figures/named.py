"""A few named series over the same places as lines, with altair."""

import json
from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from explorer.figures.categories import CATEGORIES
from explorer.figures.width import by_width

_HEIGHT = 240
_DASHES = ([1, 0], [6, 3], [2, 2], [12, 3], [8, 3, 2, 3])
_MOST_MARKS = 40  # places beside which a label still fits


def named_lines(
    series: Mapping[str, Sequence[float] | np.ndarray],
    *,
    places: Sequence[str],
    x: str,
    y: str,
    highest: float | None = None,
) -> alt.Chart:
    """Lines of the series, each with a colour and a pattern of its own.

    Args:
        series: Values, (P,) each, by what the reader calls them.
        places: What each of the P places is called.
        x: What the places are.
        y: What the values are.
        highest: Where the axis of the values ends; None for the largest.
    """
    table = pd.concat(
        pd.DataFrame(
            {
                "place": range(len(places)),
                "at": [*places],
                "series": name,
                "value": np.asarray(values, dtype=float).round(5),
            }
        )
        for name, values in series.items()
    )
    names = [*series]
    colours = [colour for colour, _shape in CATEGORIES[: len(names)]]
    legend = alt.Legend(
        orient="top",
        title=None,
        columns=by_width(2, 4),
        symbolSize=400,
        symbolType="stroke",
        labelLimit=400,
    )
    domain = alt.Undefined if highest is None else [0, highest]
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    return (
        alt.Chart(table)
        .mark_line(strokeWidth=2, point=True)
        .encode(
            x=alt.X("place:Q", title=x, axis=_marks(places)),
            y=alt.Y("value:Q", title=y, scale=alt.Scale(domain=domain, nice=highest is None)),
            color=alt.Color(
                "series:N", scale=alt.Scale(domain=names, range=colours), legend=legend
            ),
            strokeDash=alt.StrokeDash(
                "series:N",
                scale=alt.Scale(domain=names, range=[*_DASHES[: len(names)]]),
                legend=legend,
            ),
            tooltip=[
                alt.Tooltip("at:N", title=x),
                alt.Tooltip("series:N", title=" "),
                alt.Tooltip("value:Q", title=y, format=".4f"),
            ],
        )
        .properties(height=_HEIGHT, autosize=fit)
    )


def _marks(places: Sequence[str]) -> alt.Axis:
    """Every place with its name, where there is room; a name is data, never an expression."""
    if len(places) > _MOST_MARKS:
        return alt.Axis(tickMinStep=1, grid=False)
    return alt.Axis(
        values=[*range(len(places))],
        grid=False,
        labelExpr=f"{json.dumps([*places])}[datum.value]",
        labelAngle=-60 if max(map(len, places)) > 2 else 0,
        labelOverlap=True,
    )
