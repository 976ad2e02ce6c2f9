"""The text, coloured by the quantity in focus."""

import math

import numpy as np
import streamlit as st

from explorer.figures.heatmap import visible
from explorer.figures.palette import COLOURS, GATES, NEGATIVE
from explorer.recurrence.reading import Reading
from explorer.web.components.strip import Strip, strip
from explorer.web.frame import Frame, plain
from explorer.web.gates.controls import MEAN, Focus, picked
from explorer.web.gates.names import quantity_names
from explorer.web.gates.values import layer_values

#: How many of the likeliest next tokens are shown.
_GUESSES = 5


def show_strip(frame: Frame, reading: Reading, focus: Focus) -> None:
    """The text coloured by the quantity in focus."""
    _ = frame.translate
    values = layer_values(reading, focus.layer, focus.quantity)  # (T, H)
    series = values.mean(1) if focus.over == MEAN else values[:, focus.unit]
    top = 1.0 if focus.quantity in GATES else max(1.0, float(np.abs(series).max()))
    key = frame.address.key("strip")
    strip(
        Strip(
            tokens=[visible(token) for token in reading.tokens],
            breaks=[token == "\n" for token in reading.tokens],
            known=list(reading.known),
            values=[round(float(v) / top, 3) for v in series],
            colour=COLOURS[focus.quantity],
            negative=NEGATIVE,
            name=quantity_names(str(reading.trace.attrs["cell"]), _)[focus.quantity],
            surprise=[None if math.isnan(bits) else round(bits, 2) for bits in reading.surprise],
            guesses=[
                [(visible(token), round(p, 4)) for token, p in likeliest]
                for likeliest in reading.guesses(_GUESSES)
            ],
            step=focus.step,
        ),
        key=key,
        translate=_,
        on_pick=picked(frame, key),
    )
    st.caption(
        _(
            "The deeper the colour, the nearer to 1. The bar under a character is the model's "
            "surprise at it; the small character below is its best guess for what comes next."
        )
    )
    unknown = list(
        dict.fromkeys(t for t, k in zip(reading.tokens, reading.known, strict=True) if not k)
    )
    if unknown:
        st.info(
            _("Never seen in training, and read as unknown: {tokens}").format(
                tokens=plain("  ".join(visible(token) for token in unknown))
            ),
            icon=":material/info:",
        )
