"""A training curve: the score after every epoch."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from explorer.figures.palette import NEUTRAL

#: Scores that are marked, evenly on a logarithmic scale; those beyond the curve are not drawn.
_MARKS = [digit * 10**power for power in range(6) for digit in (1, 2, 5)]


def curve_plot(scores: Sequence[float], *, epoch: str, score: str) -> alt.Chart:
    """The score over the epochs, on a logarithmic scale.

    Args:
        scores: One an epoch.
        epoch: What the reader calls an epoch.
        score: What the reader calls the score.
    """
    table = pd.DataFrame({"epoch": range(1, len(scores) + 1), "score": scores})
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    return (
        alt.Chart(table)
        .mark_line(point={"color": NEUTRAL}, color=NEUTRAL)
        .encode(
            x=alt.X("epoch:Q", title=epoch, axis=alt.Axis(tickMinStep=1, grid=False)),
            y=alt.Y(
                "score:Q",
                title=score,
                scale=alt.Scale(type="log", nice=False, padding=8),
                axis=alt.Axis(values=_MARKS),
            ),
            tooltip=[
                alt.Tooltip("epoch:Q", title=epoch),
                alt.Tooltip("score:Q", title=score, format=".2f"),
            ],
        )
        .properties(height=220, autosize=fit)
    )
