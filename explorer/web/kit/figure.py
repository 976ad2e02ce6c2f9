"""Draws a figure, with buttons that save it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import streamlit as st

from explorer.figures.step_mark import at_step, following
from explorer.saving.figures import altair_page, altair_svg, plotly_page
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _, language
from explorer.web.kit.larger_type import larger_plotly, larger_vega
from explorer.web.kit.parameters import Choice
from explorer.web.kit.presentation import presented
from explorer.web.kit.widgets import choose, chosen

if TYPE_CHECKING:
    import altair as alt
    import plotly.graph_objects as go

PICTURE = Choice("picture", "svg", MappingProxyType({"svg": "SVG", "png": "PNG"}))
#: Few buttons: each is a stop of the Tab key, on every heatmap.
TOOLBAR: dict[str, object] = {
    "displaylogo": False,
    "showTips": False,
    "modeBarButtons": [["toImage", "zoomIn2d", "zoomOut2d", "resetScale2d"]],
}
#: Pixels; on the page a chart is as wide as the page.
_SAVED_WIDTH = 800


def choose_picture(frame: Frame) -> None:
    """Which format the camera on a heatmap saves in."""
    choose(frame, _("Camera button saves as"), PICTURE)


def show_plotly(frame: Frame, figure: go.Figure, name: str) -> None:
    """A plotly figure: SVG and PNG from its camera, a standalone page from the button below."""
    key = frame.address.key(f"figure.{name}")
    config = TOOLBAR | {
        "toImageButtonOptions": {"format": chosen(frame, PICTURE), "filename": f"gatescope-{name}"}
    }
    shown = larger_plotly(figure.to_dict()) if presented() else figure
    with st.container(key=f"{key}.whole"):
        st.plotly_chart(shown, key=key, config=config)
        if presented():
            return
        page = partial(plotly_page, figure, config=config, title=name, lang=language())
        _save(key, name, "html", page)


def show_altair(frame: Frame, chart: alt.Chart | alt.LayerChart, name: str) -> None:
    """An altair chart: PNG from its own menu, SVG and a standalone page from the buttons below."""
    # The tests hold every chart against the schema; checking it here took longer than drawing it.
    _show_vega(frame, chart.to_dict(validate=False), lambda: chart, name)


def show_by_step(
    frame: Frame, chart: alt.LayerChart, name: str, *, step: Callable[[], int]
) -> None:
    """The same, of a chart over the steps: its mark follows the chosen one.

    Args:
        frame: The page's frame.
        chart: The chart.
        name: Of the files, and of the chart on its page.
        step: What tells the chosen step when a file is saved.
    """
    spec = following(chart.to_dict(validate=False))
    _show_vega(frame, spec, lambda: at_step(chart, step()), name)


def _show_vega(
    frame: Frame,
    spec: dict[str, Any],
    saved: Callable[[], alt.Chart | alt.LayerChart],
    name: str,
) -> None:
    key = frame.address.key(f"figure.{name}")
    with st.container(key=f"{key}.whole"):
        st.vega_lite_chart(larger_vega(spec) if presented() else spec, key=key)
        if presented():
            return

        def wide() -> alt.Chart | alt.LayerChart:
            return saved().properties(width=_SAVED_WIDTH)

        lang = language()
        with st.container(horizontal=True, gap="small"):
            _save(key, name, "svg", lambda: altair_svg(wide()))
            _save(key, name, "html", lambda: altair_page(wide(), title=name, lang=lang))


def _save(key: str, name: str, ending: str, write: Callable[[], str]) -> None:
    """A button that writes the file when it is pressed, not before."""
    st.download_button(
        ending.upper(),
        data=lambda: write().encode(),
        file_name=f"gatescope-{name}.{ending}",
        mime={"svg": "image/svg+xml", "html": "text/html"}[ending],
        key=f"{key}.{ending}",
        type="tertiary",
        icon=":material/download:",
        on_click="ignore",
    )
