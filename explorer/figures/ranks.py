"""How a ranking changes with a number: a line a thing, rank by rank, with altair."""

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from explorer.figures.categories import CATEGORIES
from explorer.locale import Translate, english

_HEIGHT = 260
MOST = 8
"""Lines that can be told apart."""


def rank_lines(
    ranks: Mapping[str, Sequence[tuple[int, float]]],
    alphas: Sequence[float],
    *,
    chosen: float,
    translate: Translate = english,
) -> alt.LayerChart:
    """The rank of each hypothesis over α, the first on top, and the α that is chosen.

    Args:
        ranks: What a hypothesis is called → its rank among these and its score at each α; at most
            `MOST`.
        alphas: Rising.
        chosen: One of them or not.
        translate: Into the reader's language.
    """
    _ = translate
    table = pd.DataFrame(
        [
            {"text": name, "alpha": alpha, "rank": rank, "score": round(score, 4)}
            for name, row in ranks.items()
            for alpha, (rank, score) in zip(alphas, row, strict=True)
        ]
    )
    lowest = int(table["rank"].max())
    looks = CATEGORIES[: len(ranks)]
    scale = alt.Scale(domain=list(ranks), range=[colour for colour, _shape in looks])
    legend = alt.Legend(
        orient="bottom", title=None, columns=1, symbolType="stroke", symbolSize=400, labelLimit=600
    )
    lines = (
        alt.Chart(table)
        .mark_line(strokeWidth=3, interpolate="step-after")
        .encode(
            x=alt.X("alpha:Q", title="α", axis=alt.Axis(grid=False, tickCount=8)),
            y=alt.Y(
                "rank:Q",
                title=_("rank among these hypotheses"),
                scale=alt.Scale(domain=[lowest + 0.4, 0.6], nice=False),
                axis=alt.Axis(values=list(range(1, lowest + 1)), format="d", labelOverlap=True),
            ),
            color=alt.Color("text:N", scale=scale, legend=legend),
            tooltip=[
                alt.Tooltip("text:N", title=" "),
                alt.Tooltip("alpha:Q", title="α", format=".2f"),
                alt.Tooltip("rank:Q", title=_("rank among these hypotheses")),
                alt.Tooltip("score:Q", title=_("score"), format=".3f"),
            ],
        )
    )
    here = pd.DataFrame({"alpha": [chosen]})
    rule = alt.Chart(here).mark_rule(color="#808080", strokeWidth=2).encode(x="alpha:Q")
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    return alt.LayerChart(layer=[lines, rule], height=_HEIGHT, autosize=fit)
