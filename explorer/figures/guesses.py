"""The most probable next tokens as bars."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from explorer.figures.heatmap import visible
from explorer.locale import Translate, english

_BAR, _HIT = "#94A3B8", "#1F5FA8"


def guess_bars(
    guesses: Sequence[tuple[str, float]],
    *,
    followed_by: str | None,
    translate: Translate = english,
) -> alt.LayerChart:
    """Bars of the model's guesses; the token that did follow stands out, and is ticked.

    Args:
        guesses: Tokens with their probabilities, most probable first.
        followed_by: The token that came next in the text, or None at its end.
        translate: Into the reader's language.
    """
    _ = translate
    table = pd.DataFrame(
        {
            "token": [
                visible(token) + (" ✓" if token == followed_by else "") for token, _p in guesses
            ],
            "probability": [probability for _t, probability in guesses],
            "hit": [token == followed_by for token, _p in guesses],
        }
    )
    base = alt.Chart(table).encode(
        y=alt.Y("token:N", sort=None, title=None, axis=alt.Axis(labelFontSize=15, ticks=False)),
        x=alt.X(
            "probability:Q",
            title=_("probability"),
            scale=alt.Scale(domain=[0, 1]),
            axis=alt.Axis(format="%", tickCount=3),
        ),
    )
    bars = base.mark_bar().encode(
        color=alt.condition("datum.hit", alt.value(_HIT), alt.value(_BAR)),
        tooltip=[
            alt.Tooltip("token:N", title=_("token")),
            alt.Tooltip("probability:Q", title=_("probability"), format=".1%"),
        ],
    )
    labels = base.mark_text(align="left", dx=4, color="#808080").encode(
        text=alt.Text("probability:Q", format=".0%")
    )
    return (bars + labels).properties(height=30 * len(guesses) + 40)
