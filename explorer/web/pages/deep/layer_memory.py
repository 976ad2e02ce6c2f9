"""How long each layer remembers, on the reader's text."""

import numpy as np
import streamlit as st

from explorer.figures.layers import half_life_plot
from explorer.figures.palette import COLOURS
from explorer.models.card import Card
from explorer.recurrence.quantities import RETAINING
from explorer.recurrence.reading import Reading
from explorer.text.numbers import decimal
from explorer.web.kit.figure import show_altair
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.pages.deep.parameters import FIRST
from explorer.web.shared.layer_values import half_lives
from explorer.web.shared.quantity_names import quantity_names
from explorer.web.shared.reading import show_text_alone
from explorer.web.shared.reading_controls import Text


def show_memory(frame: Frame, card: Card, text: Text) -> None:
    """The text, and the half-life of every unit, layer by layer."""
    case = show_text_alone(frame, text, **FIRST)
    if case is not None:
        _show_half_lives(frame, case.reading)


def _show_half_lives(frame: Frame, reading: Reading) -> None:
    cell = str(reading.trace.attrs["cell"])
    gate = RETAINING[cell]
    lives = [half_lives(reading, layer) for layer in range(reading.trace.sizes["layer"])]
    st.markdown(
        _(
            "From the lowest layer to the highest, half of what a unit held is gone after "
            "{lives} steps (median)."
        ).format(lives=" / ".join(decimal(np.median(each), 1) for each in lives))
    )
    chart = half_life_plot(lives, colour=COLOURS[gate], translate=_)
    show_altair(frame, chart, "half-life")
    st.caption(
        _(
            "Each tick is one unit, the diamond its layer's median. Half-life: the number of "
            "steps after which half of what a unit held is left, at the mean rate of its "
            "{gate} on this text. What else can be read off the layers is measured under "
            "“Claims”."
        ).format(gate=quantity_names(cell)[gate])
    )
