"""Single units over the steps, and in an LSTM the hidden state beside the memory."""

import numpy as np
import streamlit as st

from explorer.figures.lines import quantity_lines
from explorer.recurrence.quantities import QUANTITIES
from explorer.recurrence.reading import Reading
from explorer.web.frame import Frame
from explorer.web.gates.controls import Focus
from explorer.web.gates.values import layer_values


def show_lines(frame: Frame, reading: Reading, focus: Focus) -> None:
    """All quantities of chosen units, and in an LSTM the hidden state beside the memory."""
    _, address = frame.translate, frame.address
    highest = reading.trace.sizes["unit"] - 1
    key = address.numbers("units", [focus.unit], highest)
    units = st.multiselect(_("Units"), range(highest + 1), key=key, max_selections=6)
    quantities = QUANTITIES[str(reading.trace.attrs["cell"])]
    for unit in units or [focus.unit]:
        series = {q: layer_values(reading, focus.layer, q)[:, unit] for q in quantities}
        title = _("Unit {unit}").format(unit=unit)
        st.altair_chart(
            quantity_lines(series, tokens=reading.tokens, step=focus.step, title=title, translate=_)
        )
    if "memory" in quantities:
        _show_memory(frame, reading, focus, units or [focus.unit])


def _show_memory(frame: Frame, reading: Reading, focus: Focus, units: list[int]) -> None:
    _ = frame.translate
    held = np.abs(layer_values(reading, focus.layer, "memory"))
    hidden = np.abs(layer_values(reading, focus.layer, "hidden"))
    kept_back = float(((held > 0.5) & (hidden < 0.1)).mean())
    st.subheader(_("Only the hidden state reaches the output"))
    st.markdown(
        _(
            "The output layer sees the hidden state, never the memory cell: the output gate decides "
            "how much of the memory comes through. On this text {share} of all values are held back: "
            "the memory is above 0.5 in size and the hidden state below 0.1."
        ).format(share=f"{kept_back:.1%}")
    )
    for unit in units:
        series = {
            q: layer_values(reading, focus.layer, q)[:, unit]
            for q in ("memory", "output", "hidden")
        }
        st.altair_chart(
            quantity_lines(
                series,
                tokens=reading.tokens,
                step=focus.step,
                title=_("Unit {unit}").format(unit=unit),
                translate=_,
            )
        )
