"""A few named series over numbers, one of which is chosen, with altair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import altair as alt
import numpy as np
import pandas as pd

from explorer.figures.palette import CORPUS_COLOURS, CORPUS_DASHES
from explorer.figures.width import by_width

_HEIGHT = 240
_LINE = 2
_THIN, _GREY = 1.5, "#808080"


@dataclass(frozen=True)
class Axis:
    """What an axis says, and where it ends.

    Attributes:
        title: Beside it, in the reader's language.
        logarithmic: Whether it counts in powers; only for values above zero.
        percent: Whether its values are shares.
        highest: Where it ends, so that charts can share a scale; None for the largest value.
        whole: Whether only whole numbers are marked.
        marks: The values that are marked; none leaves the choice to the chart, which marks the
            powers of ten of a logarithmic axis.
    """

    title: str
    logarithmic: bool = False
    percent: bool = False
    highest: float | None = None
    whole: bool = False
    marks: Sequence[float] = ()


def series_chart(
    series: Mapping[str, tuple[np.ndarray, np.ndarray]],
    *,
    names: Mapping[str, str],
    x: Axis,
    y: Axis,
    chosen: float | None = None,
    title: str = "",
    step: bool = False,
) -> alt.LayerChart:
    """Lines of several series, and where the reader's choice lies on them.

    Args:
        series: The places and values of each, (P,) and (P,), by the names in the palette.
        names: What the reader calls each.
        x: The axis of the places.
        y: The axis of the values.
        chosen: The place that is marked, a point on each line.
        title: Above the chart.
        step: Whether the values are those of single whole numbers, and nothing lies between them.
    """
    shown = [names[name] for name in series]
    table = _table(series, names)
    colour = alt.Scale(domain=shown, range=[CORPUS_COLOURS[name] for name in series])
    dash = alt.Scale(domain=shown, range=[CORPUS_DASHES[name] for name in series])
    legend = alt.Legend(
        orient="top", title=None, columns=by_width(1, 4), symbolSize=400, symbolType="stroke"
    )
    base = alt.Chart(table).encode(
        x=alt.X("x:Q", title=x.title, scale=_scale(x), axis=_marks(x)),
        y=alt.Y("y:Q", title=y.title, scale=_scale(y), axis=_marks(y)),
        color=alt.Color("series:N", scale=colour, legend=legend),
        tooltip=_tooltip(x, y),
    )
    pattern = alt.StrokeDash("series:N", scale=dash, legend=legend)
    # The pointer need not hit the line: an unseen dot a value says what it is.
    interpolate: Literal["step", "linear"] = "step" if step else "linear"
    lines = base.mark_line(strokeWidth=_LINE, interpolate=interpolate).encode(strokeDash=pattern)
    layers = [lines, base.mark_point(size=90, filled=True, opacity=0)]
    if chosen is not None:
        dots = base.mark_point(size=110, filled=True, opacity=1)
        dots.data = table[table["x"] == chosen]
        layers += [_rule(chosen), dots]
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    # Charts are copied at every operation; one call makes the layers of all.
    return alt.LayerChart(layer=layers, height=_HEIGHT, title=title, autosize=fit)


def _rule(place: float) -> alt.Chart:
    """A thin upright line at the chosen place."""
    rule = alt.Chart(pd.DataFrame({"x": [place]})).mark_rule(color=_GREY, strokeWidth=_THIN)
    return rule.encode(x="x:Q")


def _scale(axis: Axis) -> alt.Scale:
    kind: Literal["log", "linear"] = "log" if axis.logarithmic else "linear"
    ends = [1 if axis.logarithmic else 0, axis.highest]
    domain = alt.Undefined if axis.highest is None else ends
    return alt.Scale(type=kind, nice=False, domain=domain)


def _marks(axis: Axis) -> alt.Axis:
    least = 1 if axis.whole else alt.Undefined
    powers = [10**n for n in range(10)] if axis.logarithmic else []
    values = list(axis.marks) or powers or alt.Undefined
    return alt.Axis(
        format=_format(axis), tickCount=6, labelOverlap=True, tickMinStep=least, values=values
    )


def _format(axis: Axis) -> str:
    if axis.percent:
        return ".0%"
    return "d" if axis.whole else "~s"


def _tooltip(x: Axis, y: Axis) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("series:N", title=" "),
        alt.Tooltip("x:Q", title=x.title, format=","),
        alt.Tooltip("y:Q", title=y.title, format=".1%" if y.percent else ","),
    ]


def _table(
    series: Mapping[str, tuple[Sequence[float] | np.ndarray, Sequence[float] | np.ndarray]],
    names: Mapping[str, str],
) -> pd.DataFrame:
    parts = [
        pd.DataFrame({"x": places, "y": np.asarray(values).round(5), "series": names[name]})
        for name, (places, values) in series.items()
    ]
    return pd.concat(parts, ignore_index=True)
