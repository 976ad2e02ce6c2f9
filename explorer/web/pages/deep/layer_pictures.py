"""One quantity of every layer as a picture each, units down and steps across."""

from collections.abc import Hashable

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from explorer.figures.heatmap import heatmap
from explorer.locale import paragraph, translator
from explorer.models.card import Card
from explorer.recurrence.quantities import long_name
from explorer.recurrence.reading import Reading
from explorer.web.kit.figure import show_plotly
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _, language
from explorer.web.pages.deep.parameters import FIRST
from explorer.web.shared.layer_values import half_lives, layer_values
from explorer.web.shared.reading import show_text_alone
from explorer.web.shared.reading_controls import Text


def show_units(frame: Frame, card: Card, text: Text) -> None:
    """The text, and the quantity that colours it: all units of every layer, the lowest first."""
    case = show_text_alone(frame, text, **FIRST)
    if case is None:
        return
    quantity = case.focus.quantity
    layers = case.reading.trace.sizes["layer"]
    for layer, column in enumerate(st.columns(layers)):
        with column:
            figure = _figure(text, case.reading, language(), quantity, layer)
            show_plotly(frame, figure, f"{quantity}-{layer}")
    st.caption(
        paragraph(
            _("The units of each layer are ordered by half-life, longest at the top."),
            _("Click a cell to choose its step and unit."),
        )
    )


@st.cache_resource(max_entries=64, show_spinner=False)
def _figure(
    of: Hashable,
    _reading: Reading,  # not part of the key: `of` says what it is
    lang: str,
    quantity: str,
    layer: int,
) -> go.Figure:
    """A heatmap, kept: it does not depend on the step."""
    _ = translator(lang)
    units = np.argsort(-half_lives(_reading, layer), kind="stable")
    name = _(long_name(str(_reading.trace.attrs["cell"]), quantity))
    return heatmap(
        layer_values(_reading, layer, quantity).T[units],  # (H, T)
        quantity,
        name=_("Layer {layer}: {quantity}").format(layer=layer, quantity=name),
        tokens=_reading.tokens,
        units=units.tolist(),
        layer=layer,
        translate=_,
    )
