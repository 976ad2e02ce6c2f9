"""What was measured in each layer of a deep network, with altair."""

from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from explorer.figures.categories import ORDERED
from explorer.figures.width import by_width
from explorer.locale import Translate, english

_ROW = 64  # pixels a layer
_FIT = alt.AutoSizeParams(type="fit-x", contains="padding")
_GREY = "#808080"
#: Of what comes before all layers; the signs of the layers themselves have an order.
_FIRST = (_GREY, "triangle-down")


def half_life_plot(
    lives: Sequence[np.ndarray], *, colour: str, translate: Translate = english
) -> alt.LayerChart:
    """A stroke a unit and a diamond at the median, a row a layer, the highest on top.

    Args:
        lives: Steps after which half is gone, of every unit, (H,) a layer, the lowest layer first.
        colour: Of the quantity that is remembered.
        translate: Into the reader's language.
    """
    _ = translate
    rows = [_("layer {layer}").format(layer=layer) for layer in range(len(lives))]
    table = pd.DataFrame(
        [
            {"layer": row, "unit": unit, "steps": float(steps)}
            for row, of_layer in zip(rows, lives, strict=True)
            for unit, steps in enumerate(of_layer)
            if 0 < steps < np.inf
        ]
    )
    middle = pd.DataFrame({"layer": rows, "steps": [float(np.median(each)) for each in lives]})
    x = alt.X(
        "steps:Q",
        title=_("half-life (steps)"),
        scale=alt.Scale(type="log"),
        axis=alt.Axis(format="~g", values=[10**n / 10 for n in range(8)]),
    )
    y = alt.Y("layer:N", title=None, sort=rows[::-1])
    about = [alt.Tooltip("layer:N", title=" "), alt.Tooltip("unit:Q", title=_("unit"))]
    steps = alt.Tooltip("steps:Q", title=_("half-life (steps)"), format=".1f")
    strokes = (
        alt.Chart(table)
        .mark_tick(thickness=1.5, size=30, color=colour, opacity=0.55)
        .encode(x=x, y=y, tooltip=[*about, steps])
    )
    medians = alt.Chart(middle).encode(x=x, y=y, tooltip=[about[0], steps])
    diamond = medians.mark_point(shape="diamond", size=160, filled=True, color=_GREY, opacity=1)
    label = medians.mark_text(dy=-24, fontSize=13, color=_GREY).encode(
        text=alt.Text("steps:Q", format=".1f")
    )
    height = _ROW * len(lives)
    return alt.LayerChart(layer=[strokes, diamond, label], height=height, autosize=_FIT)


def probe_plot(
    probes: Sequence[Mapping[str, object]],
    *,
    properties: Mapping[str, str],
    layers: Mapping[str, str],
    translate: Translate = english,
) -> alt.LayerChart:
    """How often each property is read off each layer right, with its spread; a row a property.

    Args:
        probes: Rows with ``property``, ``layer``, ``mean``, ``sd`` and ``majority``.
        properties: What the reader calls each property, in the order of the rows.
        layers: What the reader calls each layer, the lowest first.
        translate: Into the reader's language.
    """
    _ = translate
    table = pd.DataFrame(probes)
    table["low"], table["high"] = table["mean"] - table["sd"], table["mean"] + table["sd"]
    table["property"] = table["property"].map(properties)
    table["layer"] = table["layer"].map(layers)
    names, signs = list(layers.values()), [_FIRST, *ORDERED][: len(layers)]
    legend = alt.Legend(orient="top", title=None, columns=by_width(2, 4))
    colour = alt.Scale(domain=names, range=[colour for colour, _sign in signs])
    shape = alt.Scale(domain=names, range=[sign for _colour, sign in signs])
    encoding = {
        "y": alt.Y(
            "property:N",
            title=None,
            sort=list(properties.values()),
            axis=alt.Axis(labelFontSize=13, labelLimit=150),
        ),
        "yOffset": alt.YOffset("layer:N", sort=names),
        "color": alt.Color("layer:N", scale=colour, legend=legend),
    }
    share = alt.X(
        "mean:Q",
        title=_("accuracy on paragraphs that the probe has not seen"),
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format=".0%"),
    )
    about = [
        alt.Tooltip("property:N", title=" "),
        alt.Tooltip("layer:N", title=" "),
        alt.Tooltip("mean:Q", title=_("accuracy"), format=".1%"),
        alt.Tooltip("sd:Q", title=_("standard deviation"), format=".1%"),
        alt.Tooltip("majority:Q", title=_("majority class"), format=".1%"),
    ]
    base = alt.Chart(table)
    spread = base.mark_rule(strokeWidth=2).encode(x="low:Q", x2="high:Q", **encoding)
    dots = base.mark_point(size=90, filled=True, opacity=1).encode(
        x=share, shape=alt.Shape("layer:N", scale=shape, legend=legend), tooltip=about, **encoding
    )
    chance = base.mark_tick(thickness=2, color=_GREY, size=12).encode(
        x="majority:Q", y=encoding["y"], yOffset=encoding["yOffset"]
    )
    height = round(1.6 * _ROW * len(properties))
    return alt.LayerChart(layer=[chance, spread, dots], height=height, autosize=_FIT)
