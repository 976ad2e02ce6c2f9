"""What is left of a gradient after so many steps, as lines of powers of ten with their spread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from explorer.figures.palette import CELL_COLOURS, COLOURS, DASHES
from explorer.locale import N_, Translate, english

_HEIGHT = 300
_GREY = "#808080"
#: What a line can be of: its colour and pattern, and what it is called, to be translated.
_PARTS: Mapping[str, tuple[str, Sequence[int], str]] = {
    "rnn state": (CELL_COLOURS["rnn"], [1, 0], N_("plain RNN: whole state")),
    "gru state": (CELL_COLOURS["gru"], [1, 0], N_("GRU: whole state")),
    "gru gates": (COLOURS["update"], DASHES["update"], N_("product of its update gates")),
    "lstm state": (CELL_COLOURS["lstm"], [1, 0], N_("LSTM: whole state")),
    "lstm hidden": (COLOURS["hidden"], [2, 2], N_("hidden state to hidden state")),
    "lstm memory": (COLOURS["memory"], DASHES["memory"], N_("memory to memory")),
    "lstm gates": (COLOURS["forget"], DASHES["forget"], N_("product of its forget gates")),
}


@dataclass(frozen=True)
class _Line:
    name: str
    colour: str
    dash: Sequence[int]


def trained_lines(table: Mapping[str, Any], translate: Translate = english) -> alt.LayerChart:
    """The whole state's norm in the trained models: a colour a kind of network, a pattern a task.

    Args:
        table: Columns task, cell, start, part, lag, mean and sd, the last two of log₁₀ ‖∂S_T/∂S_t‖.
        translate: Into the reader's language.
    """
    _ = translate
    names = {"rnn": _("plain RNN"), "gru": "GRU", "lstm": "LSTM"}
    tasks = {"recall": ([1, 0], _("recall tasks")), "timemachine": ([6, 4], _("text"))}
    frame = pd.DataFrame(dict(table))
    frame = frame[(frame["start"] == "trained") & (frame["part"] == "state")]
    lines = {
        (cell, task): _Line(f"{name}, {called}", CELL_COLOURS[cell], dash)
        for task, (dash, called) in tasks.items()
        for cell, name in names.items()
    }
    return _chart({key: _of(frame, cell=key[0], task=key[1]) for key in lines}, lines, _, columns=3)


def part_lines(
    table: Mapping[str, Any], *, task: str, start: str, cell: str, translate: Translate = english
) -> alt.LayerChart:
    """What a gated network's Jacobian is made of, with its gates' product and a plain RNN beside.

    Args:
        table: As for `trained_lines`.
        task: "recall" or "timemachine".
        start: Which weights, "trained", "begun" or "torch".
        cell: "gru" or "lstm".
        translate: Into the reader's language.
    """
    _ = translate
    frame = pd.DataFrame(dict(table))
    frame = frame[(frame["task"] == task) & (frame["start"] == start)]
    lines = {
        key: _Line(_(name), colour, dash)
        for key, (colour, dash, name) in _PARTS.items()
        if key.split()[0] in ("rnn", cell)
    }
    data = {key: _of(frame, cell=key.split()[0], part=key.split()[1]) for key in lines}
    return _chart(data, lines, _, columns=2)


def radius_lines(
    table: Mapping[str, Any], *, radius: float, translate: Translate = english
) -> alt.LayerChart:
    """Untrained networks of one spectral radius, on the scale of all radii.

    Args:
        table: Columns cell, radius, lag, mean and sd.
        radius: One of the table's.
        translate: Into the reader's language.
    """
    _ = translate
    frame = pd.DataFrame(dict(table))
    reach = (float(frame["mean"].min()), float(frame["mean"].max()))
    chosen = frame[frame["radius"] == radius]
    names = {"rnn": _("plain RNN"), "gru": "GRU", "lstm": "LSTM"}
    lines = {cell: _Line(name, CELL_COLOURS[cell], [1, 0]) for cell, name in names.items()}
    data = {cell: _of(chosen, cell=cell) for cell in lines}
    return _chart(data, lines, _, columns=3, reach=reach)


def _of(frame: pd.DataFrame, **where: str) -> pd.DataFrame:
    for column, value in where.items():
        frame = frame[frame[column] == value]
    return frame[["lag", "mean", "sd"]]


def _chart(
    data: Mapping[Any, pd.DataFrame],
    lines: Mapping[Any, _Line],
    _: Translate,
    *,
    columns: int,
    reach: tuple[float, float] | None = None,
) -> alt.LayerChart:
    """Lines with a band of a standard deviation on either side, and where nothing is lost."""
    frame = pd.concat([part.assign(line=lines[key].name) for key, part in data.items()])
    frame = frame.assign(low=frame["mean"] - frame["sd"], high=frame["mean"] + frame["sd"])
    shown = [line.name for line in lines.values()]
    colour = alt.Color(
        "line:N",
        scale=alt.Scale(domain=shown, range=[line.colour for line in lines.values()]),
        legend=alt.Legend(orient="top", title=None, columns=columns, labelLimit=260),
    )
    dash = alt.Scale(domain=shown, range=[list(line.dash) for line in lines.values()])
    scale = alt.Scale(domain=list(reach), nice=True) if reach else alt.Scale(zero=True)
    base = alt.Chart(frame.round(3)).encode(
        x=alt.X("lag:Q", title=_("steps back, T − t"), axis=alt.Axis(grid=False)), color=colour
    )
    y = alt.Y("mean:Q", title=_("norm, as a power of ten"), scale=scale)
    band = base.mark_area(opacity=0.15).encode(y=alt.Y("low:Q", scale=scale), y2="high:Q")
    line = base.mark_line(strokeWidth=2).encode(
        y=y, strokeDash=alt.StrokeDash("line:N", scale=dash, legend=colour["legend"])
    )
    dots = base.mark_point(size=60, filled=True, opacity=0).encode(
        y=y,
        tooltip=[
            alt.Tooltip("line:N", title=" "),
            alt.Tooltip("lag:Q", title=_("steps back, T − t")),
            alt.Tooltip("mean:Q", title=_("power of ten"), format=".2f"),
            alt.Tooltip("sd:Q", title=_("standard deviation"), format=".2f"),
        ],
    )
    kept = alt.Chart(pd.DataFrame({"mean": [0.0]})).mark_rule(color=_GREY, strokeDash=[3, 3])
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    layers = [kept.encode(y="mean:Q"), band, line, dots]
    return alt.LayerChart(layer=layers, height=_HEIGHT, autosize=fit)
