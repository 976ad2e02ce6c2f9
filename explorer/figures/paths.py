"""What several sentences cost a model, word after word: the sum of log p so far, as lines."""

from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from explorer.figures.width import by_width
from explorer.locale import Translate, english
from explorer.text.tokens import visible

#: Colour-blind safe, and told apart by their patterns too.
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00")
_DASHES = ([1, 0], [6, 3], [2, 2], [12, 3], [8, 3, 2, 3], [4, 2, 1, 2])


def path_lines(
    paths: Mapping[str, Sequence[tuple[str, float]]], *, translate: Translate = english
) -> alt.Chart:
    """The sum of log p after each word.

    Args:
        paths: What a sentence is called → its words with their log p, nats; at most six sentences.
        translate: Into the reader's language.
    """
    _ = translate
    table = pd.concat([_table(name, words) for name, words in paths.items()], ignore_index=True)
    names = list(paths)
    colour = alt.Scale(domain=names, range=_COLOURS[: len(names)])
    dash = alt.Scale(domain=names, range=_DASHES[: len(names)])
    legend = alt.Legend(
        orient="top",
        title=None,
        symbolSize=400,
        symbolType="stroke",
        labelLimit=500,
        columns=by_width(1, 3),
    )
    return (
        alt.Chart(table)
        .mark_line(point=True, strokeWidth=2)
        .encode(
            x=alt.X("place:Q", title=_("word"), axis=alt.Axis(tickMinStep=1, grid=False)),
            y=alt.Y("sum:Q", title=_("log p so far (nats)")),
            color=alt.Color("sentence:N", scale=colour, legend=legend),
            strokeDash=alt.StrokeDash("sentence:N", scale=dash, legend=legend),
            tooltip=[
                alt.Tooltip("word:N", title=_("word")),
                alt.Tooltip("log_prob:Q", title="log p", format=".2f"),
                alt.Tooltip("sum:Q", title=_("log p so far (nats)"), format=".2f"),
            ],
        )
        .properties(height=240, autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
    )


def _table(name: str, words: Sequence[tuple[str, float]]) -> pd.DataFrame:
    """From nothing, at place 0, to the whole sentence."""
    costs = [0.0, *(log_prob for _word, log_prob in words)]
    return pd.DataFrame(
        {
            "sentence": name,
            "place": range(len(costs)),
            "word": ["", *(visible(word) for word, _log_prob in words)],
            "log_prob": costs,
            "sum": np.cumsum(costs).round(4),
        }
    )
