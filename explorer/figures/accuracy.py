"""How well several models recall, by situation and by lag."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from explorer.locale import Translate, english

#: A cell keeps its look on every page; none is a gate's colour.
_COLOURS = {"rnn": "#8C8C8C", "gru": "#117A65", "lstm": "#A93226"}
_DASHES = {"rnn": [2, 2], "gru": [1, 0], "lstm": [7, 3]}

Accuracy = Mapping[str, Mapping[str, Mapping[str, float]]]


def accuracy_lines(
    accuracy: Accuracy,
    *,
    cells: Mapping[str, str],
    situations: Mapping[str, str],
    translate: Translate = english,
) -> alt.FacetChart:
    """One panel a situation, one line a model: the share of right answers against the lag.

    Args:
        accuracy: Model → situation → lag → share of right answers, 0 to 1.
        cells: Model → the kind of its cell, which decides its look.
        situations: Situation → its name in the reader's language.
        translate: Into the reader's language.
    """
    _ = translate
    table = _table(accuracy, situations)
    lags = [int(lag) for lag in sorted(table["lag"].unique())]
    across = alt.Scale(type="log", domain=[lags[0], lags[-1]], nice=False)
    upward = alt.Scale(domain=[0, 1])
    lines = (
        alt.Chart(table)
        .mark_line(point=True, strokeWidth=2)
        .encode(
            x=alt.X("lag:Q", title=_("lag, steps"), scale=across, axis=alt.Axis(values=lags)),
            y=alt.Y("share:Q", title=_("right answers"), scale=upward, axis=alt.Axis(format="%")),
            **_looks(list(accuracy), cells),
            tooltip=["model:N", "lag:Q", alt.Tooltip("share:Q", format=".2%")],
        )
    )
    order = list(situations.values())
    panels = alt.Facet("situation:N", title=None, sort=order)
    return lines.properties(width=240, height=180).facet(facet=panels, columns=3)


def _looks(models: list[str], cells: Mapping[str, str]) -> dict[str, alt.Color | alt.StrokeDash]:
    """A model's colour and pattern, by its cell."""
    colours = alt.Scale(domain=models, range=[_COLOURS[cells[model]] for model in models])
    dashes = alt.Scale(domain=models, range=[_DASHES[cells[model]] for model in models])
    legend = alt.Legend(orient="top", symbolType="circle")
    return {
        "color": alt.Color("model:N", title=None, scale=colours, legend=legend),
        "strokeDash": alt.StrokeDash("model:N", scale=dashes, legend=None),
    }


def _table(accuracy: Accuracy, situations: Mapping[str, str]) -> pd.DataFrame:
    rows = [
        (model, situations[situation], int(lag), share)
        for model, by_situation in accuracy.items()
        for situation, by_lag in by_situation.items()
        for lag, share in by_lag.items()
    ]
    return pd.DataFrame(rows, columns=["model", "situation", "lag", "share"])
