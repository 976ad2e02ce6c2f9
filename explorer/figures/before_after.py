"""What something was and what it became: two lines over the steps, or two bars a token.

Values in, altair out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt
import numpy as np
import pandas as pd

from explorer.figures.palette import NEUTRAL
from explorer.figures.step_mark import at_step, step_rule
from explorer.locale import Translate, english
from explorer.text.tokens import visible

#: What was and what became of it have one colour: the first is pale and dashed.
_PALE, _DASH = 0.6, [5, 3]
_HEIGHT, _ROW = 200, 30


@dataclass(frozen=True)
class Pair:
    """What the two are called, in the reader's language, and the colour of both."""

    before: str
    after: str
    colour: str = NEUTRAL

    def scale(self, *of: str | float | Sequence[float]) -> alt.Scale:
        """What the first and what the second is drawn with."""
        return alt.Scale(domain=[self.before, self.after], range=list(of))


def before_after_lines(
    before: np.ndarray,
    after: np.ndarray,
    *,
    pair: Pair,
    tokens: Sequence[str],
    step: int,
    title: str,
    domain: tuple[float, float] | None = None,
    translate: Translate = english,
) -> alt.LayerChart:
    """Two lines over the steps, the chosen step marked.

    Args:
        before: (T,); NaN where there is no value.
        after: (T,).
        pair: What they are called.
        tokens: One a step.
        step: The chosen step.
        title: Above the chart.
        domain: The ends of the upright axis, so that it stays while a value is dragged.
        translate: Into the reader's language.
    """
    _ = translate
    shown = [visible(token) for token in tokens]
    parts = [
        pd.DataFrame({"step": range(len(shown)), "token": shown, "line": name, "value": series})
        for name, series in {pair.before: before, pair.after: after}.items()
    ]
    table = pd.concat(parts, ignore_index=True).round({"value": 4}).dropna()
    ends = alt.Scale(domain=list(domain)) if domain else alt.Scale(zero=True)
    legend = alt.Legend(orient="top", title=None, symbolSize=400, symbolType="stroke")
    lines = (
        alt.Chart(table)
        .mark_line(strokeWidth=2, clip=True, point=len(tokens) <= 2)
        .encode(
            x=alt.X(
                "step:Q",
                title=_("step"),
                scale=alt.Scale(domain=[0, max(1, len(tokens) - 1)], nice=False),
                axis=alt.Axis(tickMinStep=1, grid=False),
            ),
            y=alt.Y("value:Q", title=None, scale=ends),
            color=alt.Color("line:N", scale=pair.scale(pair.colour, pair.colour), legend=legend),
            opacity=alt.Opacity("line:N", scale=pair.scale(_PALE, 1), legend=legend),
            strokeDash=alt.StrokeDash("line:N", scale=pair.scale(_DASH, [1, 0]), legend=legend),
            tooltip=[
                alt.Tooltip("step:Q", title=_("step")),
                alt.Tooltip("token:N", title=_("token")),
                alt.Tooltip("line:N", title=" "),
                alt.Tooltip("value:Q", title=_("value"), format=".3f"),
            ],
        )
    )
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    layers = [lines, step_rule()]
    chart = alt.LayerChart(layer=layers, height=_HEIGHT, title=title, autosize=fit)
    return at_step(chart, step)


def before_after_bars(
    shares: Mapping[str, tuple[float, float]], *, pair: Pair, title: str
) -> alt.Chart:
    """Two bars a token: its probability before and after.

    Args:
        shares: Token → both probabilities, in the order of drawing.
        pair: What they are called.
        title: Above the chart.
    """
    order = [visible(token) for token in shares]
    rows = [
        {"token": token, "when": when, "share": round(share, 4)}
        for token, both in zip(order, shares.values(), strict=True)
        for when, share in zip((pair.before, pair.after), both, strict=True)
    ]
    legend = alt.Legend(orient="top", title=None)
    return (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar()
        .encode(
            x=alt.X("share:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=_percent()),
            y=alt.Y("token:N", title=None, sort=order, axis=alt.Axis(labelFontSize=14)),
            yOffset=alt.YOffset("when:N", sort=[pair.before, pair.after]),
            color=alt.Color("when:N", scale=pair.scale(pair.colour, pair.colour), legend=legend),
            opacity=alt.Opacity("when:N", scale=pair.scale(_PALE, 1), legend=legend),
            tooltip=[
                alt.Tooltip("token:N", title=" "),
                alt.Tooltip("when:N", title=" "),
                alt.Tooltip("share:Q", title=" ", format=".1%"),
            ],
        )
        .properties(
            height=_ROW * len(order),
            title=title,
            autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        )
    )


def _percent() -> alt.Axis:
    return alt.Axis(format=".0%", tickCount=5)
