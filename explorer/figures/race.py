"""Training runs side by side, update by update, with altair."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt
import numpy as np
import pandas as pd

from explorer.figures.categories import CATEGORIES
from explorer.figures.logarithmic import even_ticks

_HEIGHT = 240
_MOST_POINTS = 150  # a run; more of them only make the line thick
_GREY = "#808080"
_ABOVE = 3.0
_DASHES = ([1, 0], [6, 3], [2, 2], [10, 3, 2, 3])


@dataclass(frozen=True)
class Course:
    """One run.

    Attributes:
        name: What the reader calls it.
        values: One an update.
        ended: Whether it ended because no number came out any more.
    """

    name: str
    values: Sequence[float]
    ended: bool = False


def race_chart(
    courses: Sequence[Course],
    *,
    updates: int,
    x: str,
    y: str,
    marks: Mapping[str, float],
    logarithmic: bool = False,
    ended: str = "",
) -> alt.LayerChart:
    """A line a run: means over a few updates each, a cross where a run diverged.

    A value far above where the runs began lies on the upper edge.

    Args:
        courses: The runs, in the order of their colours.
        updates: Where the axis of updates ends.
        x: What the reader calls an update.
        y: What the reader calls the value.
        marks: Values to compare with, by what the reader calls them.
        logarithmic: Whether the values count in powers.
        ended: What the reader calls the end of a run that diverged.
    """
    table = pd.concat([_points(course) for course in courses], ignore_index=True)
    if logarithmic:
        table = table[table["value"] > 0]
    names = [course.name for course in courses]
    colour = alt.Scale(domain=names, range=[CATEGORIES[n][0] for n in range(len(names))])
    dash = alt.Scale(domain=names, range=list(_DASHES[: len(names)]))
    legend = alt.Legend(orient="top", title=None, columns=len(names), symbolSize=400)
    scale = alt.Scale(type="log") if logarithmic else _scale(table, marks)
    ticks = even_ticks([*table["value"], *marks.values()]) if logarithmic else alt.Undefined
    lines = (
        alt.Chart(table)
        .mark_line(strokeWidth=2)
        .encode(
            x=alt.X("update:Q", title=x, scale=alt.Scale(domain=[0, updates], nice=False)),
            y=alt.Y(
                "value:Q",
                title=y,
                scale=scale,
                axis=alt.Axis(format=".4~g", tickCount=6, values=ticks),
            ),
            color=alt.Color("run:N", scale=colour, legend=legend),
            strokeDash=alt.StrokeDash("run:N", scale=dash, legend=legend),
            tooltip=[
                alt.Tooltip("run:N", title=" "),
                alt.Tooltip("update:Q", title=x, format=".0f"),
                alt.Tooltip("value:Q", title=y, format=".4~g"),
            ],
        )
    )
    layers: list[alt.Chart] = [lines, *_rules(marks, updates)]
    stopped = [course.name for course in courses if course.ended]
    if stopped:
        last = table[table["run"].isin(stopped)].groupby("run", as_index=False).last()
        layers.append(_crosses(last.assign(ended=ended), colour))
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    return alt.LayerChart(layer=layers, height=_HEIGHT, autosize=fit)


def _points(course: Course) -> pd.DataFrame:
    """Means over equally many updates, at the last of each."""
    values = np.asarray(course.values, dtype=float)
    width = max(1, math.ceil(len(values) / _MOST_POINTS))
    ends = np.arange(width, len(values) + width, width).clip(max=len(values))
    means = [values[max(0, end - width) : end].mean() for end in ends]
    return pd.DataFrame({"run": course.name, "update": ends, "value": means})


def _scale(table: pd.DataFrame, marks: Mapping[str, float]) -> alt.Scale:
    """From zero to well above where the runs began; what is beyond lies on the edge."""
    began = table.groupby("run")["value"].first()
    top = _ABOVE * max([*marks.values(), *began], default=1.0)
    if table["value"].max() <= top:
        return alt.Scale(zero=True)
    return alt.Scale(domain=[0, top], clamp=True, nice=False)


def _rules(marks: Mapping[str, float], updates: int) -> list[alt.Chart]:
    """Level lines, each with what it stands for."""
    if not marks:
        return []
    table = pd.DataFrame({"name": marks.keys(), "value": marks.values(), "update": updates})
    rule = alt.Chart(table).encode(y="value:Q")
    rule = rule.mark_rule(color=_GREY, strokeDash=[1, 3], strokeWidth=1.5)
    highest = (
        table["value"] == table["value"].max()
    )  # written above its line, out of the others' way
    parts = ((table[highest], -7), (table[~highest], 9)) if len(marks) > 1 else ((table, 9),)
    return [rule, *(_written(part, dy) for part, dy in parts)]


def _written(table: pd.DataFrame, dy: int) -> alt.Chart:
    text = alt.Chart(table).mark_text(align="right", dx=-4, dy=dy, color=_GREY)
    return text.encode(text="name:N", x="update:Q", y="value:Q")


def _crosses(last: pd.DataFrame, colour: alt.Scale) -> alt.Chart:
    return (
        alt.Chart(last)
        .mark_point(shape="cross", angle=45, size=260, filled=True, opacity=1)
        .encode(
            x="update:Q",
            y="value:Q",
            color=alt.Color("run:N", scale=colour, legend=None),
            tooltip=[alt.Tooltip("ended:N", title=" "), alt.Tooltip("update:Q")],
        )
    )
