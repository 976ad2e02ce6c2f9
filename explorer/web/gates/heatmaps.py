"""Every quantity as a picture, units down and steps across."""

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from explorer.figures.heatmap import heatmap
from explorer.locale import translator
from explorer.recurrence.quantities import QUANTITIES, long_name
from explorer.recurrence.reading import Reading
from explorer.web.choice import choose
from explorer.web.figure import show_plotly
from explorer.web.frame import Frame
from explorer.web.gates.focus import ORDERS, Focus
from explorer.web.gates.text import Text
from explorer.web.gates.values import half_lives, layer_values
from explorer.web.models import reading as cached_reading


def show_heatmaps(frame: Frame, text: Text, reading: Reading, focus: Focus) -> None:
    """Units down, steps across, one picture a quantity."""
    _ = frame.translate
    cell = str(reading.trace.attrs["cell"])
    with st.container(horizontal=True, gap="large"):
        orders = {order: _(name) for order, name in ORDERS.items()}
        order = choose(frame, _("Order the units by"), "order", orders, default="half-life")
    units = tuple(_ordered(reading, focus, order))
    for pair in _pairs(QUANTITIES[cell]):
        for column, quantity in zip(st.columns(2), pair, strict=True):
            figure = _figure(text, frame.lang, quantity, focus.layer, units)
            with column:
                show_plotly(frame, figure, quantity)
    st.caption(_("Click a cell to choose its step and unit."))


@st.cache_resource(max_entries=64, show_spinner=False)
def _figure(text: Text, lang: str, quantity: str, layer: int, units: tuple[int, ...]) -> go.Figure:
    """A heatmap, kept: it does not depend on the step, and building it costs more than showing."""
    read = cached_reading(text.model, text.text)
    values = layer_values(read, layer, quantity).T[list(units)]  # (H, T)
    _ = translator(lang)
    name = _(long_name(str(read.trace.attrs["cell"]), quantity))
    return heatmap(values, quantity, name=name, tokens=read.tokens, units=units, translate=_)


def _ordered(reading: Reading, focus: Focus, order: str) -> list[int]:
    """The units in the order of drawing."""
    if order == "mean":
        return _descending(layer_values(reading, focus.layer, focus.quantity).mean(0))
    if order == "half-life":
        return _descending(half_lives(reading, focus.layer))
    return list(range(reading.trace.sizes["unit"]))


def _descending(values: np.ndarray) -> list[int]:
    return [int(unit) for unit in np.argsort(-values, kind="stable")]


def _pairs(quantities: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Two beside each other; a phone then stacks them in their own order."""
    return [quantities[at : at + 2] for at in range(0, len(quantities), 2)]
