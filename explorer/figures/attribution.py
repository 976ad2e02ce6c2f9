"""Which source word moved which output word, as a map: output words down, source words across."""

import html
from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from explorer.figures.written import SIGNED, texts_in
from explorer.locale import Translate, english
from explorer.text.numbers import decimal

_ROW, _ABOVE_AND_BELOW = 30, 130  # pixels
_MOST_NUMBERS = 14  # source words beside which a number still fits into a cell
_SHOWN = 16  # characters of a word at an axis; a longer one would leave no room for the map


def attribution_map(
    values: np.ndarray,
    *,
    source: Sequence[str],
    target: Sequence[str],
    name: str,
    translate: Translate = english,
) -> go.Figure:
    """A map of attributions, full colour at the largest.

    Args:
        values: Nats, (T, S), above zero where the source word made the output word likelier.
        source: The source words, S of them.
        target: The output words, T of them.
        name: What the reader calls the method.
        translate: Into the reader's language.
    """
    _ = translate
    top = float(np.abs(values).max()) or 1.0
    heat = go.Heatmap(
        z=values.round(3),
        x=list(range(len(source))),
        y=list(range(len(target))),
        zmin=-top,
        zmax=top,
        colorscale=SIGNED,
        colorbar={"thickness": 8, "outlinewidth": 0, "nticks": 5},
        customdata=[[[_text(s), _text(t)] for s in source] for t in target],
        hovertemplate=f"%{{customdata[0]}} → %{{customdata[1]}}: %{{z:.3f}} {_('nats')}"
        "<extra></extra>",
    )
    figure = go.Figure(heat)
    if len(source) <= _MOST_NUMBERS:
        numbers = [[decimal(value, 1) for value in row] for row in values.tolist()]
        figure.add_trace(texts_in(heat, numbers, size=11))
    figure.update_layout(
        title={"text": name, "font": {"size": 15}},
        height=_ROW * len(target) + _ABOVE_AND_BELOW,
        margin={"l": 8, "r": 8, "t": 36, "b": 8},
        dragmode=False,
        xaxis=_words(source),
        yaxis={**_words(target), "autorange": "reversed", "tickangle": 0},
    )
    return figure


def _words(words: Sequence[str]) -> dict[str, object]:
    ticks = {
        "tickvals": list(range(len(words))),
        "ticktext": [_text(_short(word)) for word in words],
    }
    return {"showgrid": False, "zeroline": False, "automargin": True, "tickangle": -60, **ticks}


def _short(word: str) -> str:
    return word if len(word) <= _SHOWN else f"{word[: _SHOWN - 1]}…"


def _text(word: str) -> str:
    """A word that plotly will not read as markup."""
    return html.escape(word, quote=False)
