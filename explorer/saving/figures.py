"""Charts by plotly and altair as pages and pictures to keep."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from explorer.saving.page import standalone_page

if TYPE_CHECKING:
    import altair as alt
    import plotly.graph_objects as go

_READ = """
const read = JSON.parse(document.getElementById("data").textContent);
const figure = document.getElementById("figure");
"""
_PLOTLY = _READ + "Plotly.newPlot(figure, read.figure.data, read.figure.layout, read.config);"
# Expressions are walked as a tree: turned into functions they would need a policy with eval.
_VEGA = _READ + "vegaEmbed(figure, read, { mode: 'vega-lite', ast: true });"


def plotly_page(figure: go.Figure, *, config: Mapping[str, object], title: str, lang: str) -> str:
    """A page that draws a plotly figure.

    Args:
        figure: The figure.
        config: How plotly shows it, as JSON takes it.
        title: The page's name, text.
        lang: The language that it is in.
    """
    from plotly.offline import get_plotlyjs

    data = f'{{"figure": {figure.to_json()}, "config": {json.dumps(config)}}}'
    return standalone_page(
        title=title,
        lang=lang,
        script=_PLOTLY,
        data=data,
        libraries=(get_plotlyjs(),),
        heading=False,
    )


def altair_page(chart: alt.Chart | alt.LayerChart, *, title: str, lang: str) -> str:
    """A page that draws an altair chart; altair's own lets text end the script that it stands in.

    Args:
        chart: The chart.
        title: The page's name, text.
        lang: The language that it is in.
    """
    import vl_convert

    return standalone_page(
        title=title,
        lang=lang,
        script=_VEGA,
        data=chart.to_json(),
        libraries=(vl_convert.javascript_bundle(None),),  # type: ignore[arg-type]  # its default
        heading=False,
    )


def altair_svg(chart: alt.Chart | alt.LayerChart) -> str:
    """An altair chart as SVG, which has no scripts and no links."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(chart.to_json()))
