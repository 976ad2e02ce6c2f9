"""How many times a plain RNN's time other networks take, with spread and what one may expect."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from explorer.figures.palette import CELL_COLOURS
from explorer.locale import Translate, english

_ROW = 44
#: A sign a kind of network, for eyes that do not tell the colours apart.
_SHAPES = ["square", "circle"]


def ratio_chart(table: Mapping[str, Any], translate: Translate = english) -> alt.LayerChart:
    """The ratio of times, a row a size and phase; an upright line where the products would be.

    Args:
        table: Columns units, phase, cell, mean and sd.
        translate: Into the reader's language.
    """
    _ = translate
    phases = {"forward": _("to run"), "training": _("to train")}
    names = {"gru": "GRU", "lstm": "LSTM"}
    frame = pd.DataFrame(dict(table))
    frame = frame[frame["cell"] != "rnn"]
    frame = frame.assign(
        row=[
            _("{units} units, {phase}").format(units=units, phase=phases[phase])
            for units, phase in zip(frame["units"], frame["phase"], strict=True)
        ],
        name=frame["cell"].map(names),
        low=frame["mean"] - frame["sd"],
        high=frame["mean"] + frame["sd"],
    )
    rows = list(dict.fromkeys(frame["row"]))
    colours = alt.Scale(domain=list(names.values()), range=[CELL_COLOURS[cell] for cell in names])
    legend = alt.Legend(orient="top", title=None)
    y = alt.Y("row:N", title=None, sort=rows, axis=alt.Axis(labelLimit=220))
    base = alt.Chart(frame.round(3)).encode(
        y=y, yOffset="name:N", color=alt.Color("name:N", scale=colours, legend=legend)
    )
    times = _("times the plain RNN’s time")
    spread = base.mark_rule(strokeWidth=2).encode(x=alt.X("low:Q", title=times), x2="high:Q")
    dots = base.mark_point(filled=True, size=110, opacity=1).encode(
        x=alt.X("mean:Q", title=times, scale=alt.Scale(domainMin=0)),
        shape=alt.Shape("name:N", scale=alt.Scale(range=_SHAPES), legend=legend),
        tooltip=[
            alt.Tooltip("row:N", title=" "),
            alt.Tooltip("name:N", title=" "),
            alt.Tooltip("mean:Q", title=times, format=".2f"),
            alt.Tooltip("sd:Q", title=_("standard deviation"), format=".2f"),
        ],
    )
    expected = pd.DataFrame({"name": list(names.values()), "x": [3, 4]})
    lines = (
        alt.Chart(expected)
        .mark_rule(strokeDash=[4, 4], strokeWidth=1.5)
        .encode(x="x:Q", color=alt.Color("name:N", scale=colours, legend=legend))
    )
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    return alt.LayerChart(layer=[lines, spread, dots], height=_ROW * len(rows), autosize=fit)
