"""How well several models recall, by situation and by lag."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from explorer.locale import Translate, english

_COLOURS = ["#0072B2", "#E69F00", "#7F7F7F"]
_DASHES = [[1, 0], [6, 3], [2, 2]]


def accuracy_lines(
    accuracy: Mapping[str, Mapping[str, Mapping[str, float]]],
    *,
    situations: Mapping[str, str],
    translate: Translate = english,
) -> alt.FacetChart:
    """One panel a situation, one line a model: the share of right answers against the lag.

    Args:
        accuracy: Model → situation → lag → share of right answers, 0 to 1.
        situations: Situation → its name in the reader's language.
        translate: Into the reader's language.
    """
    _ = translate
    table = pd.DataFrame(
        [
            (model, situations[situation], int(lag), share)
            for model, by_situation in accuracy.items()
            for situation, by_lag in by_situation.items()
            for lag, share in by_lag.items()
        ],
        columns=["model", "situation", "lag", "accuracy"],
    )
    models = list(accuracy)
    scale = alt.Scale(domain=models, range=_COLOURS[: len(models)])
    dash = alt.Scale(domain=models, range=_DASHES[: len(models)])
    lags = [int(lag) for lag in sorted(table["lag"].unique())]
    return (
        alt.Chart(table)
        .mark_line(point=True, strokeWidth=2)
        .encode(
            x=alt.X(
                "lag:Q",
                title=_("lag, steps"),
                scale=alt.Scale(type="log", domain=[lags[0], lags[-1]], nice=False),
                axis=alt.Axis(values=lags),
            ),
            y=alt.Y(
                "accuracy:Q",
                title=_("right answers"),
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(format="%"),
            ),
            color=alt.Color(
                "model:N",
                title=None,
                scale=scale,
                legend=alt.Legend(orient="top", symbolType="circle"),
            ),
            strokeDash=alt.StrokeDash("model:N", scale=dash, legend=None),
            tooltip=[
                "model:N",
                alt.Tooltip("lag:Q", title=_("lag, steps")),
                alt.Tooltip("accuracy:Q", format=".1%"),
            ],
        )
        .properties(width=240, height=180)
        .facet(
            facet=alt.Facet("situation:N", title=None, sort=list(situations.values())), columns=3
        )
    )
