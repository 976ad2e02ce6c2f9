"""BLEU against the length of the source, with altair."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from explorer.figures.categories import CATEGORIES
from explorer.figures.width import by_width
from explorer.locale import Translate, english

_HEIGHT = 280


def bleu_by_length(
    scores: Mapping[str, Mapping[str, float]],
    counts: Mapping[str, int],
    *,
    names: Mapping[str, str],
    translate: Translate = english,
) -> alt.Chart:
    """A line a search: BLEU of the test sentences of each range of lengths.

    Args:
        scores: Search → range of lengths → BLEU, at most three searches, ranges in order.
        counts: Range of lengths → how many test sentences; may lack any.
        names: What each search and each range is called in the reader's language.
        translate: Into the reader's language.
    """
    _ = translate
    table = _table(scores, counts, names)
    looks = CATEGORIES[: len(scores)]
    searches = [names[search] for search in scores]
    ranges = list(dict.fromkeys(table["range"]))
    legend = alt.Legend(orient="top", title=None, columns=by_width(2, 3))
    return (
        alt.Chart(table)
        .mark_line(strokeWidth=2, point={"size": 90, "filled": True})
        .encode(
            x=alt.X("range:N", sort=ranges, title=_("source words"), axis=_upright()),
            y=alt.Y("BLEU:Q", scale=alt.Scale(domainMin=0)),
            color=alt.Color(
                "search:N",
                scale=alt.Scale(domain=searches, range=[colour for colour, _shape in looks]),
                legend=legend,
            ),
            shape=alt.Shape(
                "search:N",
                scale=alt.Scale(domain=searches, range=[shape for _colour, shape in looks]),
                legend=legend,
            ),
            tooltip=[
                alt.Tooltip("search:N", title=_("search")),
                alt.Tooltip("range:N", title=_("source words")),
                alt.Tooltip("BLEU:Q", format=".1f"),
                alt.Tooltip("sentences:N", title=_("test sentences")),
            ],
        )
        .properties(height=_HEIGHT, autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
    )


def _upright() -> alt.Axis:
    return alt.Axis(labelAngle=0, grid=False, labelExpr="split(datum.label, '\\n')")


def _table(
    scores: Mapping[str, Mapping[str, float]], counts: Mapping[str, int], names: Mapping[str, str]
) -> pd.DataFrame:
    """A row a search and range; the range with the number of its sentences below it."""
    return pd.DataFrame(
        [
            {
                "search": names[search],
                "range": f"{names[span]}\nn = {counts[span]:,}" if span in counts else names[span],
                "BLEU": score,
                "sentences": f"{counts[span]:,}" if span in counts else "–",
            }
            for search, by_range in scores.items()
            for span, score in by_range.items()
        ]
    )
