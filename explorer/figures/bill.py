"""What searches cost, beside what formulas say, on one logarithmic axis.

Numbers come as powers of ten, since a formula may give one that no float holds.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import altair as alt
import pandas as pd

from explorer.figures.width import by_width
from explorer.text.numbers import power_of_ten

Kind = Literal["scored", "read", "calls", "formula"]

#: Okabe and Ito's, as for the gates; shapes tell the marks apart without colour.
_COLOURS: Mapping[Kind, str] = {
    "scored": "#0072B2",
    "read": "#D55E00",
    "calls": "#009E73",
    "formula": "#808080",
}
_SHAPES: Mapping[Kind, str] = {
    "scored": "circle",
    "read": "triangle-up",
    "calls": "square",
    "formula": "diamond",
}
_ROW = 52
_SIZE = 130
_TICKS = 8


@dataclass(frozen=True)
class Count:
    """One number.

    Attributes:
        row: Whose it is, in the reader's language.
        kind: What it counts.
        power: Its decimal logarithm.
        said: The number as it is written.
    """

    row: str
    kind: Kind
    power: float
    said: str


def bill_chart(
    counts: Sequence[Count], *, rows: Sequence[str], kinds: Mapping[Kind, str], title: str
) -> alt.Chart:
    """A row a search, a mark a number.

    Args:
        counts: At least one.
        rows: All rows, from above.
        kinds: What the reader calls each kind.
        title: Of the axis.
    """
    table = pd.DataFrame(
        {
            "row": [count.row for count in counts],
            "kind": [kinds[count.kind] for count in counts],
            "power": [count.power for count in counts],
            "said": [count.said for count in counts],
        }
    )
    shown = list(kinds.values())
    colour = alt.Scale(domain=shown, range=[_COLOURS[kind] for kind in kinds])
    shape = alt.Scale(domain=shown, range=[_SHAPES[kind] for kind in kinds])
    legend = alt.Legend(
        orient="top", title=None, columns=by_width(1, 4), symbolSize=_SIZE, labelLimit=0
    )
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    chart = alt.Chart(table).mark_point(size=_SIZE, strokeWidth=2.5, opacity=1)
    return chart.encode(
        x=_axis(max(count.power for count in counts), title),
        y=alt.Y("row:N", sort=list(rows), scale=alt.Scale(domain=list(rows)), title=None),
        color=alt.Color("kind:N", scale=colour, legend=legend),
        shape=alt.Shape("kind:N", scale=shape, legend=legend),
        tooltip=[
            alt.Tooltip("row:N", title=" "),
            alt.Tooltip("kind:N", title="  "),
            alt.Tooltip("said:N", title="   "),
        ],
    ).properties(height=_ROW * len(rows), autosize=fit)


def _axis(highest: float, title: str) -> alt.X:
    """Powers of ten from 1, few enough to be read."""
    apart = max(1, math.ceil(highest / _TICKS))
    ticks = list(range(0, math.ceil(highest) + apart, apart))
    names = json.dumps({tick: power_of_ten(tick) for tick in ticks}, ensure_ascii=False)
    axis = alt.Axis(values=ticks, labelExpr=f"({names})[datum.value]", grid=True)
    return alt.X(
        "power:Q", title=title, axis=axis, scale=alt.Scale(domain=[0, ticks[-1]], nice=False)
    )
