"""What became of training runs at every learning rate and norm to clip at, with plotly."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from explorer.figures.written import UPWARD, texts_in
from explorer.locale import Translate, english

#: A sign an outcome, for no colour alone is to tell it.
SIGNS = {"converged": "✔", "not yet": "○", "diverged": "✖"}
_HEIGHT = 270  # pixels a depth


def convergence_map(
    grid: Sequence[Mapping[str, Any]],
    *,
    levels: Mapping[str, float],
    translate: Translate = english,
) -> go.Figure:
    """A picture a depth: the loss that was reached, and a sign a run for what became of it.

    Args:
        grid: Rows with ``layers``, ``rate``, ``clip`` (None where nothing is clipped), the loss as
            ``mean`` and ``sd``, and how many runs ``converged``, did ``not yet``, ``diverged``.
        levels: Losses ``pair`` and ``uniform``, between which the colours lie.
        translate: Into the reader's language.
    """
    _ = translate
    depths = sorted({row["layers"] for row in grid})
    titles = [
        _("one layer") if depth == 1 else _("{layers} layers").format(layers=depth)
        for depth in depths
    ]
    # One above the other: a telephone has room for one.
    figure = make_subplots(rows=len(depths), subplot_titles=titles, vertical_spacing=0.3)
    for at, depth in enumerate(depths, start=1):
        rows = [row for row in grid if row["layers"] == depth]
        for drawn in _picture(rows, levels, _):
            figure.add_trace(drawn, row=at, col=1)
    figure.update_xaxes(title=_("learning rate"), type="category", showgrid=False)
    figure.update_yaxes(title=_("clipping norm"), type="category", showgrid=False)
    figure.update_layout(
        height=_HEIGHT * len(depths),
        margin={"l": 60, "r": 8, "t": 40, "b": 50},
        dragmode=False,
    )
    return figure


def _picture(
    rows: Sequence[Mapping[str, Any]], levels: Mapping[str, float], _: Translate
) -> tuple[go.Heatmap, go.Scatter]:
    rates = sorted({row["rate"] for row in rows})
    clips = list(dict.fromkeys(row["clip"] for row in rows))  # as measured: the tightest first
    by_place = {(row["clip"], row["rate"]): row for row in rows}
    of = [[by_place[clip, rate] for rate in rates] for clip in clips]
    loss = np.array([[row["mean"] for row in line] for line in of], dtype=float)
    heat = go.Heatmap(
        z=loss,
        x=[f"{rate:g}" for rate in rates],
        y=[_("no clipping") if clip is None else f"{clip:g}" for clip in clips],
        customdata=[[f"{row['sd']:.2g}" for row in line] for line in of],
        zmin=levels["pair"] - 0.6,
        zmax=levels["uniform"],
        colorscale=UPWARD,
        reversescale=True,  # the lower the loss, the stronger
        xgap=2,
        ygap=2,
        showscale=False,  # the numbers stand in their places
        hovertemplate=f"{_('learning rate')} %{{x}}, {_('clipping norm')} %{{y}}<br>"
        f"%{{z:.3f}} ± %{{customdata}}<extra></extra>",
    )
    texts = [[f"{_signs(row)}<br>{_short(row['mean'])}" for row in line] for line in of]
    return heat, texts_in(heat, texts)


def _signs(row: Mapping[str, Any]) -> str:
    return "".join(sign * row[outcome] for outcome, sign in SIGNS.items())


def _short(loss: float) -> str:
    """With three digits where there is room for them."""
    if loss >= 1000:
        return f"{loss:.0e}"
    return f"{loss:.{2 if loss < 10 else 1 if loss < 100 else 0}f}"
