"""The states of all layers over the steps, and the two ways on which they flow."""

import numpy as np
import streamlit as st

from explorer.figures.palette import COLOURS, NEGATIVE, reach
from explorer.locale import paragraph
from explorer.models.card import Card
from explorer.recurrence.reading import Reading
from explorer.text.numbers import SENT
from explorer.text.tokens import visible
from explorer.web.components.layers import Grid, layer_grid
from explorer.web.kit.fragments import Surroundings, run_alone
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.views import NEEDED
from explorer.web.kit.widgets import choose
from explorer.web.pages.deep.parameters import FIRST, NODE
from explorer.web.shared.focus import Focus, name_of
from explorer.web.shared.parameters import MEAN
from explorer.web.shared.pick import picked
from explorer.web.shared.quantity_names import quantity_names
from explorer.web.shared.reading import choose_case, show_text
from explorer.web.shared.reading_controls import Text


def show_grid(frame: Frame, card: Card, text: Text) -> None:
    """Layers over steps around the chosen one; a click chooses both. The text is below."""

    def draw(frame: Frame, _page: Surroundings) -> None:
        case = choose_case(frame, text, **FIRST)
        _draw_grid(frame, case.reading, case.focus)
        show_text(frame, case)

    run_alone(frame, draw, name=NEEDED)


def _draw_grid(frame: Frame, reading: Reading, focus: Focus) -> None:
    what = choose(frame, _("Number shown on each state"), NODE)
    key = frame.address.key("layers")
    on_pick = picked(frame, key)
    layer_grid(_grid(reading, focus, what), key=key, on_pick=on_pick)
    explained = paragraph(
        _(
            "Every state is computed from two others: that of its own layer one step before, "
            "and that of the layer below at the same step. Bold arrows lead to the selected "
            "state, so it depends on everything below and before it; dashed arrows lead on "
            "from it. Click a state to select its layer and step, or use the arrow keys."
        ),
        _explained(focus, what),
    )
    st.caption(explained)


def node_values(reading: Reading, focus: Focus, what: str) -> np.ndarray:
    """The number on every state, (L, T): see `_explained`."""
    values: np.ndarray = reading.trace[focus.quantity].values[:, 0, 0]  # (L, T, H)
    if what == "value":
        return values.mean(-1) if focus.over == MEAN else values[..., focus.unit]
    norms: np.ndarray = np.linalg.norm(values, axis=-1)  # (L, T)
    if what == "norm":
        return norms
    start = np.zeros_like(values[:, :1])
    moved: np.ndarray = np.linalg.norm(np.diff(values, axis=1, prepend=start), axis=-1)  # (L, T)
    change: np.ndarray = moved / np.maximum(norms, np.finfo(np.float32).tiny)
    return change


def _explained(focus: Focus, what: str) -> str:
    if what == "norm":
        return _("The norm is that of all units of the layer as one vector.")
    if what == "change":
        return _(
            "Relative change: the norm of the difference from the step before, divided by "
            "the norm of the new vector; small where a layer keeps what it held."
        )
    if focus.over == MEAN:
        return ""
    return _("Units with the same number in different layers have nothing to do with each other.")


def _grid(reading: Reading, focus: Focus, what: str) -> Grid:
    values = node_values(reading, focus, what)
    top = reach(focus.quantity, values) if what == "value" else float(values.max()) or 1.0
    guesses = reading.guesses(1)
    return Grid(
        layers=[_("layer {layer}").format(layer=layer) for layer in range(len(values))],
        tokens=[visible(token) for token in reading.tokens],
        guesses=[visible(of_step[0][0]) for of_step in guesses],
        values=values.round(SENT).tolist(),
        shades=(values / top).clip(-1, 1).round(3).tolist(),
        colour=COLOURS[focus.quantity],
        negative=NEGATIVE,
        name=_name(reading, focus, what),
    )


def _name(reading: Reading, focus: Focus, what: str) -> str:
    cell = str(reading.trace.attrs["cell"])
    quantity = quantity_names(cell)[focus.quantity]
    if what == "norm":
        return _("norm of the {quantity}").format(quantity=quantity)
    if what == "change":
        return _("change of the {quantity}").format(quantity=quantity)
    return name_of(focus, cell)
