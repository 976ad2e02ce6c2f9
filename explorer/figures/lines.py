"""Quantities over the steps as lines, with altair."""

from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from explorer.figures.palette import DASHES, colour_of
from explorer.figures.step_mark import STEP, at_step, step_rule
from explorer.figures.width import by_width
from explorer.locale import Translate, english
from explorer.text.tokens import visible

_HEIGHT = 220
_ON_A_PHONE = 40  # steps


def quantity_lines(
    values: Mapping[str, np.ndarray],
    *,
    names: Mapping[str, str],
    tokens: Sequence[str],
    step: int,
    bounded: bool,
    title: str = "",
    translate: Translate = english,
) -> alt.LayerChart:
    """Lines of several quantities of one unit, the chosen step marked.

    Args:
        values: One series (step,) a quantity, by the quantity's name.
        names: Quantity → its name in the reader's language.
        tokens: One a step.
        step: The chosen step.
        bounded: Whether all quantities lie in [−1, 1], so that charts can share that scale.
        title: Above the chart.
        translate: Into the reader's language.
    """
    _ = translate
    shown = [names[quantity] for quantity in values]
    table = _table(values, names, tokens)
    scale = alt.Scale(domain=shown, range=[colour_of(q) for q in values])
    dash = alt.Scale(domain=shown, range=[DASHES.get(q, [1, 1]) for q in values])
    legend = alt.Legend(orient="top", title=None, columns=by_width(2, 6), symbolSize=400)
    extent = alt.Scale(domain=[-1, 1]) if bounded else alt.Scale(zero=True)
    lines = (
        alt.Chart(table)
        .mark_line(strokeWidth=2, clip=True, point=len(tokens) == 1)
        .encode(
            x=_steps(len(tokens), _),
            y=alt.Y("value:Q", title=None, scale=extent),
            color=alt.Color("quantity:N", scale=scale, legend=legend),
            strokeDash=alt.StrokeDash("quantity:N", scale=dash, legend=legend),
            tooltip=[
                alt.Tooltip("step:Q", title=_("step")),
                alt.Tooltip("token:N", title=_("token")),
                alt.Tooltip("quantity:N", title=_("quantity")),
                alt.Tooltip("value:Q", title=_("value"), format=".3f"),
            ],
        )
    )
    # The height is the plot's own: a title and a legend come on top of it.
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    chart = (lines + step_rule()).properties(height=_HEIGHT, title=title, autosize=fit)
    return at_step(chart, step)


def _steps(count: int, _: Translate) -> alt.X:
    """All steps; on a phone those about the chosen one, since many lines would be a thicket.

    They are not centred on it but move on by half of their number, so that the lines stand still
    while it moves among them.
    """
    last, half = max(1, count - 1), _ON_A_PHONE // 2
    begun = f"floor({STEP} / {half}) * {half} - {half // 2}"
    first = alt.ExprRef(f"max(0, min({begun}, {last - _ON_A_PHONE}))")
    end = alt.ExprRef(f"min({last}, {first.expr} + {_ON_A_PHONE})")
    return alt.X(
        "step:Q",
        title=_("step"),
        scale=alt.Scale(domainMin=by_width(first, 0), domainMax=by_width(end, last), nice=False),
        axis=alt.Axis(tickMinStep=1, grid=False),
    )


def _table(
    values: Mapping[str, np.ndarray], names: Mapping[str, str], tokens: Sequence[str]
) -> pd.DataFrame:
    shown = [visible(token) for token in tokens]
    parts = [
        pd.DataFrame(
            {
                "step": np.arange(len(shown)),
                "token": shown,
                "quantity": names[quantity],
                "value": np.asarray(series, dtype=float).round(4),
            }
        )
        for quantity, series in values.items()
    ]
    return pd.concat(parts, ignore_index=True)
