"""A heatmap with a number in every cell, legible on light and dark pages alike."""

from collections.abc import Sequence

import plotly.graph_objects as go

from explorer.figures.palette import INK, NEGATIVE, tinted, transparent

_TINT = "#2A72C2"  # between the pages' own blues on light and on dark; no gate's
#: From nothing, which is the page itself, to a tint that the page's ink stands out on.
UPWARD = [(0.0, transparent(_TINT)), (1.0, tinted(_TINT))]
#: From the most below zero to the most above.
SIGNED = [(0.0, tinted(NEGATIVE)), (0.5, transparent(_TINT)), (1.0, tinted(_TINT))]


def texts_in(heat: go.Heatmap, texts: Sequence[Sequence[str]], *, size: int = 12) -> go.Scatter:
    """The texts of a heatmap's cells, in the page's ink.

    A heatmap's own texts would be black or white by the colour of their cell, as if every page were
    white.

    Args:
        heat: The heatmap, with its places x and y.
        texts: One a cell, a row for every y.
        size: Pixels.
    """
    places = [(x, y) for y in heat.y for x in heat.x]
    return go.Scatter(
        x=[x for x, _y in places],
        y=[y for _x, y in places],
        text=[text for row in texts for text in row],
        mode="text",
        textfont={"size": size, "color": INK},
        hoverinfo="skip",
        showlegend=False,
    )
