"""How saturated the gates are: each unit a dot, after Karpathy, Johnson and Li (2015, figure 2)."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from explorer.figures.palette import COLOURS
from explorer.locale import Translate, english

#: A shape a gate, in the order of the legend, for readers who do not tell the colours apart.
_SHAPES = ["circle", "square", "triangle-up"]


def saturation_plot(
    table: pd.DataFrame, *, names: Mapping[str, str], translate: Translate = english
) -> alt.Chart:
    """A dot a unit and gate: how often it is nearly shut against how often it is nearly open.

    Args:
        table: Columns ``gate``, ``unit``, ``closed`` and ``open`` (shares of the steps, 0 to 1).
        names: Gate → its name in the reader's language.
        translate: Into the reader's language.
    """
    _ = translate
    gates = list(dict.fromkeys(table["gate"]))
    shown_names = [names[gate] for gate in gates]
    shown = table.assign(gate=table["gate"].map(names))
    share = alt.Scale(domain=[0, 1])
    percent = alt.Axis(format="%", tickCount=5)
    return (
        alt.Chart(shown)
        .mark_point(filled=True, size=55, opacity=0.7)
        .encode(
            x=alt.X("closed:Q", title=_("share of steps below 0.1"), scale=share, axis=percent),
            y=alt.Y("open:Q", title=_("share of steps above 0.9"), scale=share, axis=percent),
            color=alt.Color(
                "gate:N",
                scale=alt.Scale(domain=shown_names, range=[COLOURS[gate] for gate in gates]),
                legend=alt.Legend(orient="top", title=None),
            ),
            shape=alt.Shape(
                "gate:N", scale=alt.Scale(domain=shown_names, range=_SHAPES[: len(gates)])
            ),
            tooltip=[
                alt.Tooltip("gate:N", title=_("gate")),
                alt.Tooltip("unit:Q", title=_("unit")),
                alt.Tooltip("closed:Q", title=_("below 0.1"), format=".0%"),
                alt.Tooltip("open:Q", title=_("above 0.9"), format=".0%"),
            ],
        )
        .properties(height=360)
    )
