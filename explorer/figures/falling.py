"""A sequence beside the cut of a beam search: where it fell out, with altair."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from explorer.figures.categories import CATEGORIES
from explorer.locale import Translate, english

_HEIGHT = 240
_DASHES = ([1, 0], [6, 3])


@dataclass(frozen=True)
class Held:
    """A step of the sequence.

    Attributes:
        token: Its token.
        total: The sum of its log p so far, nats.
        cut: What it had to reach, nats; −inf where there was room for all.
        rank: Among all candidates of the step.
        kept: Whether it stayed.
    """

    token: str
    total: float
    cut: float
    rank: int
    kept: bool


def falling_lines(steps: Sequence[Held], *, translate: Translate = english) -> alt.LayerChart:
    """The sequence's sum and the beam's cut, step by step; a cross where the sequence fell out.

    Args:
        steps: At least one; a sum of −inf, of a token that may not come, has no point.
        translate: Into the reader's language.
    """
    _ = translate
    reference, cut = _("the reference so far"), _("cutoff: value needed to stay in the beam")
    table = pd.DataFrame(
        [
            {
                "step": step,
                "token": f"{step}\n{held.token}",
                "line": line,
                "log p": round(value, 4),
                "rank": held.rank,
            }
            for step, held in enumerate(steps, 1)
            for line, value in ((reference, held.total), (cut, held.cut))
            if math.isfinite(value)
        ]
    )
    colours = [colour for colour, _shape in CATEGORIES[:2]]
    legend = alt.Legend(
        orient="top",
        title=None,
        symbolSize=400,
        symbolType="stroke",
        columns=1,
        labelLimit=500,
    )
    domain = [reference, cut]
    base = alt.Chart(table).encode(
        x=alt.X("token:N", sort=alt.SortField("step"), title=_("step"), axis=_upright()),
        y=alt.Y("log p:Q", title=_("log p so far (nats)"), scale=alt.Scale(zero=False)),
        tooltip=[
            alt.Tooltip("token:N", title=_("step")),
            alt.Tooltip("line:N", title=" "),
            alt.Tooltip("log p:Q", format=".3f"),
            alt.Tooltip("rank:Q", title=_("rank of the reference"), format=","),
        ],
    )
    lines = base.mark_line(strokeWidth=2, point=True).encode(
        color=alt.Color("line:N", scale=alt.Scale(domain=domain, range=colours), legend=legend),
        strokeDash=alt.StrokeDash(
            "line:N", scale=alt.Scale(domain=domain, range=_DASHES), legend=legend
        ),
    )
    fell = next((step for step, held in enumerate(steps, 1) if not held.kept), None)
    cross = base.mark_point(shape="cross", size=260, angle=45, filled=True, color="#D55E00")
    cross.data = table[(table["step"] == fell) & (table["line"] == reference)]
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    return alt.LayerChart(layer=[lines, cross], height=_HEIGHT, autosize=fit)


def _upright() -> alt.Axis:
    return alt.Axis(
        labelAngle=0, grid=False, labelExpr="split(datum.label, '\\n')", labelOverlap=True
    )
