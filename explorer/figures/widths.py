"""One measure over the width of a beam, exact search at the end, with altair."""

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from explorer.figures.categories import CATEGORIES
from explorer.locale import Translate, english

_HEIGHT = 200
_DASHES = ([1, 0], [6, 3], [2, 2])


def width_lines(
    series: Mapping[str, Sequence[tuple[str, float]]],
    *,
    title: str,
    shape: str = ".2f",
    logarithmic: bool = False,
    translate: Translate = english,
) -> alt.Chart:
    """A line a series; the places are words, since exact search has no width.

    Args:
        series: What each is called → widths and values, in order; at most three.
        title: Of the measure, in the reader's language.
        shape: How a value is written (d3's format).
        logarithmic: Whether the values count in powers; only for values above zero.
        translate: Into the reader's language.
    """
    _ = translate
    table = pd.DataFrame(
        [
            {"series": name, "place": place, "value": value}
            for name, row in series.items()
            for place, value in row
        ],
        columns=["series", "place", "value"],
    )
    names = list(series)
    legend = alt.Legend(orient="top", title=None, symbolType="stroke", symbolSize=400)
    shown = legend if len(names) > 1 else None
    colours = [colour for colour, _shape in CATEGORIES[: len(names)]]
    order = list(dict.fromkeys(table["place"]))
    return (
        alt.Chart(table)
        .mark_line(strokeWidth=2, point={"size": 60, "filled": True})
        .encode(
            x=alt.X(
                "place:N",
                sort=order,
                title=_("beam width"),
                axis=alt.Axis(labelAngle=0, grid=False, labelOverlap=True),
            ),
            y=alt.Y(
                "value:Q",
                title=None,
                scale=alt.Scale(type="log" if logarithmic else "linear", zero=False, nice=True),
                axis=_powers() if logarithmic else _even(shape),
            ),
            color=alt.Color("series:N", scale=alt.Scale(domain=names, range=colours), legend=shown),
            strokeDash=alt.StrokeDash(
                "series:N",
                scale=alt.Scale(domain=names, range=_DASHES[: len(names)]),
                legend=shown,
            ),
            tooltip=[
                alt.Tooltip("series:N", title=" "),
                alt.Tooltip("place:N", title=_("beam width")),
                alt.Tooltip("value:Q", title=title, format=",.0f" if logarithmic else shape),
            ],
        )
        .properties(
            height=_HEIGHT,
            title=title,
            autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        )
    )


def _powers() -> alt.Axis:
    return alt.Axis(format="~s", values=[10**n for n in range(13)])


def _even(shape: str) -> alt.Axis:
    """Marks no nearer to each other than the digits that are written."""
    digits = int(shape[1]) + 2 * shape.endswith("%")
    return alt.Axis(format=shape, tickCount=5, tickMinStep=10.0**-digits)
