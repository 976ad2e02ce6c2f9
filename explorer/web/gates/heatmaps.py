"""Every quantity as a picture, units down and steps across."""

import numpy as np
import streamlit as st

from explorer.figures.heatmap import heatmap
from explorer.recurrence.quantities import QUANTITIES
from explorer.recurrence.reading import Reading
from explorer.web.frame import Frame
from explorer.web.gates.controls import ORDERS, Focus
from explorer.web.gates.values import half_lives, layer_values


def show_heatmaps(frame: Frame, reading: Reading, focus: Focus) -> None:
    """Units down, steps across, one picture a quantity."""
    _, address = frame.translate, frame.address
    cell = str(reading.trace.attrs["cell"])
    order = st.segmented_control(
        _("Order the units by"),
        list(ORDERS),
        format_func=lambda order: _(ORDERS[order]),
        key=address.choice("order", "index", list(ORDERS)),
        required=True,
    )
    units = _ordered(reading, focus, str(order))
    columns = st.columns(2)
    for place, quantity in enumerate(QUANTITIES[cell]):
        values = layer_values(reading, focus.layer, quantity).T[units]  # (H, T)
        figure = heatmap(values, quantity, tokens=reading.tokens, units=units, translate=_)
        columns[place % 2].plotly_chart(
            figure, key=address.key(f"heatmap.{quantity}"), config=_toolbar(frame, quantity)
        )
    st.caption(_("Click a cell to choose its step and unit."))


def _toolbar(frame: Frame, name: str) -> dict[str, object]:
    """A figure's toolbar: saves a picture in the format that the reader chose, and no more."""
    picture = st.session_state.get(frame.address.key("picture"), "svg")
    return {
        "displaylogo": False,
        "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"],
        "toImageButtonOptions": {"format": picture, "filename": f"gatescope-{name}"},
    }


def _ordered(reading: Reading, focus: Focus, order: str) -> list[int]:
    """The units in the order of drawing."""
    if order == "mean":
        return np.argsort(-layer_values(reading, focus.layer, focus.quantity).mean(0)).tolist()
    if order == "half-life":
        return np.argsort(-half_lives(reading, focus.layer)).tolist()
    return list(range(reading.trace.sizes["unit"]))
