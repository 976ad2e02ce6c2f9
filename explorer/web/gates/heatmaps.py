"""Every quantity as a picture, units down and steps across."""

import numpy as np
import streamlit as st

from explorer.figures.heatmap import heatmap
from explorer.recurrence.quantities import QUANTITIES
from explorer.recurrence.reading import Reading
from explorer.web.choice import choose
from explorer.web.figure import choose_picture, show_plotly
from explorer.web.frame import Frame
from explorer.web.gates.controls import ORDERS, Focus
from explorer.web.gates.values import half_lives, layer_values


def show_heatmaps(frame: Frame, reading: Reading, focus: Focus) -> None:
    """Units down, steps across, one picture a quantity."""
    _ = frame.translate
    cell = str(reading.trace.attrs["cell"])
    with st.container(horizontal=True, gap="large"):
        orders = {order: _(name) for order, name in ORDERS.items()}
        order = choose(frame, _("Order the units by"), "order", orders, default="index")
        choose_picture(frame)
    units = _ordered(reading, focus, order)
    columns = st.columns(2)
    for place, quantity in enumerate(QUANTITIES[cell]):
        values = layer_values(reading, focus.layer, quantity).T[units]  # (H, T)
        figure = heatmap(values, quantity, tokens=reading.tokens, units=units, translate=_)
        with columns[place % 2]:
            show_plotly(frame, figure, quantity)
    st.caption(_("Click a cell to choose its step and unit."))


def _ordered(reading: Reading, focus: Focus, order: str) -> list[int]:
    """The units in the order of drawing."""
    if order == "mean":
        return _descending(layer_values(reading, focus.layer, focus.quantity).mean(0))
    if order == "half-life":
        return _descending(half_lives(reading, focus.layer))
    return list(range(reading.trace.sizes["unit"]))


def _descending(values: np.ndarray) -> list[int]:
    return [int(unit) for unit in np.argsort(-values, kind="stable")]
