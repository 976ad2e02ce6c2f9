"""Forward and backward states of the sentence, side by side."""

import numpy as np
import streamlit as st

from explorer.cloze.blanked_sentence import Sentence, read
from explorer.figures.heatmap import heatmap
from explorer.locale import paragraph
from explorer.recurrence.quantities import QUANTITIES, long_name
from explorer.web.kit.figure import show_plotly
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.widgets import choose
from explorer.web.pages.bidirectional.controls import Asked
from explorer.web.pages.bidirectional.infill_models import traced
from explorer.web.pages.bidirectional.parameters import QUANTITY
from explorer.web.pages.bidirectional.reads import name_of
from explorer.web.shared.quantity_names import quantity_names

_SIDES = 2


def show_states(frame: Frame, asked: Asked) -> None:
    """One picture a direction, units down and words across."""
    sentence = read(asked.text, asked.place)
    trace = traced(name_of("both"), sentence.tokens)
    cell = str(trace.attrs["cell"])
    names = quantity_names(cell)
    shown = {name: names[name] for name in QUANTITIES[cell]}
    quantity = choose(frame, _("Quantity"), QUANTITY, shown)
    st.markdown(_said(sentence))
    titles = (_("forward: {quantity}"), _("backward: {quantity}"))
    with st.container(key=frame.address.key("halves")):
        columns = st.columns(_SIDES)
    for at, (column, title) in enumerate(zip(columns, titles, strict=True)):
        values = trace[quantity].values[0, at, 0].T  # (H, T)
        units = np.argsort(-values.mean(1), kind="stable")
        figure = heatmap(
            values[units],
            quantity,
            name=title.format(quantity=_(long_name(cell, quantity))),
            tokens=trace["token"].values[0].tolist(),
            units=units.tolist(),
            translate=_,
        )
        with column:
            show_plotly(frame, figure, f"{quantity}-{'forward' if at == 0 else 'backward'}")
    st.caption(
        _("In each picture, the units are ordered by their mean; the two halves share no units.")
    )


def _said(sentence: Sentence) -> str:
    said = _(
        "The forward half reads from left to right, the backward half from right to "
        "left; each column shows the state just after reading its word."
    )
    if sentence.blank is not None:
        said = paragraph(
            said,
            _(
                "For a blank, the model concatenates the forward state of the column before it "
                "and the backward state of the column after it."
            ),
        )
    return said
