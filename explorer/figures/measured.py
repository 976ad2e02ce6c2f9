"""What experiments measured: means with their spread, as dots by category or as lines.

Names and values in, altair charts out.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Literal

import altair as alt
import pandas as pd

from explorer.figures.logarithmic import even_ticks
from explorer.figures.palette import NEUTRAL
from explorer.figures.width import by_width, labels_by_width
from explorer.text.numbers import percent, power_of_ten

#: The format of an axis of powers of ten.
POWERS = "powers"

_HEIGHT = 320
_PALE = "#B4B9C0"
_FIT = alt.AutoSizeParams(type="fit-x", contains="padding")
_SHARE = [0, 1]
_WIDE = "\u2e80"  # the first of the characters that are as wide as two
_LABEL = 11  # characters in a line so short that five stand side by side on a phone
_SHORT_NAME = 16  # characters; Chinese ones are as wide as two


@dataclass(frozen=True)
class Look:
    """What a series is called and how it is drawn.

    Attributes:
        name: In the reader's language.
        colour: Of its dots or its line.
        shape: Of its dots, as Vega names it, for readers who do not tell colours apart.
        dash: Of its line: lengths of dash and gap, pixels.
    """

    name: str
    colour: str = NEUTRAL
    shape: str = "circle"
    dash: Sequence[int] = (1, 0)


@dataclass(frozen=True)
class Scale:
    """What an axis says and how it counts.

    Attributes:
        title: In the reader's language.
        format: Of its numbers, as d3 writes it; ".0%" for shares, none for what the axis thinks
            best, `POWERS` for powers of ten.
        logarithmic: Whether it counts in powers; only for values above zero.
        ends: Where it begins and ends, if the values are not to decide it.
    """

    title: str
    format: str = ""
    logarithmic: bool = False
    ends: Sequence[float] | None = None


@dataclass(frozen=True)
class Dot:
    """A mean and its spread: where it stands, and in which series."""

    category: str
    look: Look
    mean: float
    sd: float = 0.0


@dataclass(frozen=True)
class Line:
    """A series of values over numbers, with their spread if there is one."""

    look: Look
    x: Sequence[float]
    mean: Sequence[float]
    sd: Sequence[float] = ()


def spread_dots(dots: Sequence[Dot], *, x: str, y: Scale) -> alt.LayerChart:
    """Dots side by side in every category, each with a bar of a standard deviation to both sides.

    A bar ends where the axis does, and where shares do: at nothing and at all.

    Args:
        dots: In the order of categories and series; a line feed in a category breaks its label.
        x: What the categories are, in the reader's language; may be empty.
        y: The axis of the values.
    """
    table = pd.DataFrame(
        {
            "category": dot.category,
            "series": dot.look.name,
            "mean": dot.mean,
            "sd": dot.sd,
            "low": dot.mean - dot.sd,
            "high": dot.mean + dot.sd,
        }
        for dot in dots
    )
    looks = list({dot.look.name: dot.look for dot in dots}.values())
    order = [look.name for look in looks]
    names = list(dict.fromkeys(dot.category for dot in dots))
    lines = labels_by_width(
        {name: _wrapped(name, _LABEL) for name in names},
        {name: _wrapped(name, 2 * _LABEL) for name in names},
    )
    split = alt.Axis(labelAngle=0, labelExpr=lines, labelOverlap=False, labelLimit=0)
    base = alt.Chart(_told(_within(table, y), y)).encode(
        x=alt.X("category:N", sort=None, title=x or None, axis=split),
        xOffset=alt.XOffset("series:N", sort=order, scale=alt.Scale(domain=order, padding=0.6)),
        color=_colour(looks),
        tooltip=[
            alt.Tooltip("series:N", title=" "),
            _value(y),
            alt.Tooltip("sd:Q", title="±", format=_precise(y)),
        ],
    )
    bars = base.mark_rule(strokeWidth=2).encode(y=alt.Y("low:Q"), y2="high:Q")
    shapes = alt.Scale(domain=order, range=[look.shape for look in looks])
    shape = alt.Shape("series:N", scale=shapes)
    points = base.mark_point(filled=True, size=110, opacity=1).encode(y=_y("mean:Q", y))
    layers = [bars, points.encode(shape=shape)]
    return alt.LayerChart(layer=layers, height=_HEIGHT, autosize=_FIT)


def spread_lines(lines: Sequence[Line], *, x: Scale, y: Scale) -> alt.LayerChart:
    """Lines over numbers, each in a band of a standard deviation to both sides.

    A band ends as the bars of `spread_dots` do.

    Args:
        lines: Of different names.
        x: The axis of the numbers.
        y: The axis of the values; a line without a spread may count in powers.
    """
    table = pd.concat([_line_table(line) for line in lines], ignore_index=True)
    looks = [line.look for line in lines]
    order = [look.name for look in looks]
    base = alt.Chart(_told(_within(table, y), y)).encode(
        x=_x(x, table["x"].tolist()),
        color=_colour(looks, stroke=True),
        tooltip=[
            alt.Tooltip("series:N", title=" "),
            alt.Tooltip("x:Q", title=x.title, format=x.format),
            _value(y),
        ],
    )
    dash = alt.StrokeDash(
        "series:N",
        scale=alt.Scale(domain=order, range=[list(look.dash) for look in looks]),
        legend=_legend(order, stroke=True),
    )
    layers = [
        base.mark_line(strokeWidth=2).encode(y=_y("mean:Q", y), strokeDash=dash),
        base.mark_point(filled=True, size=36).encode(y="mean:Q"),
    ]
    if any(line.sd for line in lines):
        band = base.mark_area(opacity=0.2, line=False).encode(y="low:Q", y2="high:Q")
        layers.insert(0, band)
    return alt.LayerChart(layer=layers, height=_HEIGHT, autosize=_FIT)


def unit_dots(
    table: pd.DataFrame, *, x: Scale, y: Scale, shade: Scale, colour: str, unit: str
) -> alt.Chart:
    """A dot a unit, shaded by a third value.

    Args:
        table: Columns ``unit``, ``x``, ``y`` and ``shade``.
        x: The axis of ``x``.
        y: The axis of ``y``.
        shade: What the shade means.
        colour: Of a dot whose shade is at its highest.
        unit: What the reader calls a unit.
    """
    shades = alt.Scale(domain=list(shade.ends or _SHARE), range=[_PALE, colour], interpolate="rgb")
    return (
        alt.Chart(table)
        .mark_point(filled=True, size=60, opacity=0.85)
        .encode(
            x=_x(x, table["x"].tolist()),
            y=_y("y:Q", y),
            color=alt.Color(
                "shade:Q",
                scale=shades,
                legend=alt.Legend(title=shade.title, orient="top", format=shade.format),
            ),
            tooltip=[
                alt.Tooltip("unit:Q", title=unit),
                *(
                    alt.Tooltip(f"{name}:Q", title=of.title, format=".2f")
                    for name, of in {"x": x, "y": y, "shade": shade}.items()
                ),
            ],
        )
        .properties(height=_HEIGHT, autosize=_FIT)
    )


def _wrapped(label: str, most: int) -> list[str]:
    """A label in lines that are at most so many narrow characters wide."""
    doubled = "".join(f"\0{letter}" if letter >= _WIDE else letter for letter in label)
    return [line.replace("\0", "") for part in doubled.splitlines() for line in wrap(part, most)]


def _width(name: str) -> int:
    return sum(2 if character >= _WIDE else 1 for character in name)


def _line_table(line: Line) -> pd.DataFrame:
    table = pd.DataFrame({"x": line.x, "mean": line.mean, "series": line.look.name})
    sd = pd.Series(line.sd if len(line.sd) else 0.0, index=table.index, dtype=float)
    return table.assign(low=table["mean"] - sd, high=table["mean"] + sd)


def _colour(looks: Sequence[Look], *, stroke: bool = False) -> alt.Color:
    names, colours = [look.name for look in looks], [look.colour for look in looks]
    scale = alt.Scale(domain=names, range=colours)
    return alt.Color("series:N", scale=scale, legend=_legend(names, stroke=stroke))


def _legend(names: Sequence[str], *, stroke: bool) -> alt.Legend:
    """Above the chart, with stretches of lines or with dots; two long names would leave a phone."""
    short = max(map(_width, names)) <= _SHORT_NAME
    return alt.Legend(
        orient="top",
        title=None,
        columns=by_width(2, 4) if short else by_width(1, 2),
        labelLimit=320,
        symbolOpacity=1,  # not that of the band behind the lines
        symbolType="stroke" if stroke else alt.Undefined,
        symbolSize=400 if stroke else alt.Undefined,
    )


def _x(scale: Scale, values: Sequence[float]) -> alt.X:
    marks = _marks(scale, grid=False, values=values)
    return alt.X("x:Q", title=scale.title, scale=_scale(scale), axis=marks)


def _y(field: str, scale: Scale) -> alt.Y:
    return alt.Y(field, title=scale.title, scale=_scale(scale), axis=_marks(scale, grid=True))


def _scale(scale: Scale) -> alt.Scale:
    kind: Literal["log", "linear"] = "log" if scale.logarithmic else "linear"
    nice = scale.ends is None
    domain = alt.Undefined if scale.ends is None else list(scale.ends)
    return alt.Scale(type=kind, domain=domain, zero=nice and not scale.logarithmic, nice=nice)


def _marks(scale: Scale, *, grid: bool, values: Sequence[float] = ()) -> alt.Axis:
    if scale.format == POWERS:
        names = {exponent: power_of_ten(exponent) for exponent in range(-40, 41)}
        label = f"({json.dumps(names, ensure_ascii=False)})[round(log(datum.value) / LN10)]"
        return alt.Axis(labelExpr=label, grid=grid, tickCount=6, labelOverlap=True)
    # Given "~g", d3 writes 8e+1 on an even scale; left to itself it writes 80.
    form = scale.format or ("~g" if scale.logarithmic else alt.Undefined)
    ticks = even_ticks(values) if scale.logarithmic and values else alt.Undefined
    return alt.Axis(format=form, grid=grid, tickCount=6, labelOverlap=True, values=ticks)


def _within(table: pd.DataFrame, scale: Scale) -> pd.DataFrame:
    """The table, its spreads as far as there are values: no share is above all."""
    ends = scale.ends or (_SHARE if "%" in scale.format else None)
    if ends is None:
        return table
    return table.assign(**{end: table[end].clip(*ends) for end in ("low", "high")})


def _told(table: pd.DataFrame, scale: Scale) -> pd.DataFrame:
    """The table, shares also in words: d3 would round one just below all to 100.0%."""
    if "%" not in scale.format:
        return table
    return table.assign(told=[percent(share, 1) for share in table["mean"]])


def _value(scale: Scale) -> alt.Tooltip:
    if "%" in scale.format:
        return alt.Tooltip("told:N", title=scale.title)
    return alt.Tooltip("mean:Q", title=scale.title, format=_precise(scale))


def _precise(scale: Scale) -> str:
    return ".1e" if scale.format == POWERS else ".1%" if "%" in scale.format else ".3~g"
