"""The text, coloured by the quantity in focus."""

import math

import numpy as np
import streamlit as st

from explorer.figures.palette import COLOURS, NEGATIVE, reach
from explorer.recurrence.reading import Reading
from explorer.text.tokens import visible
from explorer.text.vocabulary import UNKNOWN
from explorer.web.components.strip import Strip, likely, strip
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import plain
from explorer.web.shared.focus import MEAN, Focus, name_of
from explorer.web.shared.layer_values import layer_values
from explorer.web.shared.pick import picked

#: How many of the likeliest next tokens are shown.
_GUESSES = 5


def show_strip(frame: Frame, reading: Reading, focus: Focus) -> None:
    """The text, what the model expects at every step, and what it does not know."""
    key = frame.address.key("strip")
    strip(_content(frame, reading, focus), key=key, on_pick=picked(frame, key))
    st.caption(
        _(
            "The stronger the colour, the larger the value: full at {reach}. The bar under a "
            "character is the model's surprise at it; the small character below is its best guess "
            "for what comes next."
        ).format(reach=f"{reach(focus.quantity, _series(reading, focus)):.2g}")
    )
    _name_unknown(frame, reading)


def _content(frame: Frame, reading: Reading, focus: Focus) -> Strip:
    series = _series(reading, focus)  # (T,)
    top = reach(focus.quantity, series)
    read_as = [t if k else UNKNOWN for t, k in zip(reading.tokens, reading.known, strict=True)]
    return Strip(
        tokens=[visible(token) for token in reading.tokens],
        word_ends=[token.isspace() for token in reading.tokens],
        blanks=[token.isspace() for token in reading.tokens],
        line_ends=[token == "\n" for token in reading.tokens],
        known=list(reading.known),
        values=[round(float(value), 3) for value in series],
        shades=[round(float(np.clip(value / top, -1, 1)), 3) for value in series],
        colour=COLOURS[focus.quantity],
        negative=NEGATIVE,
        name=name_of(focus, str(reading.trace.attrs["cell"])),
        surprise=[None if math.isnan(bits) else round(bits, 2) for bits in reading.surprise],
        guesses=likely(reading.guesses(_GUESSES), read_as),
        step=focus.step,
        unit=focus.unit,
        layer=focus.layer,
    )


def _series(reading: Reading, focus: Focus) -> np.ndarray:
    """What colours the strip, (T,)."""
    values = layer_values(reading, focus.layer, focus.quantity)  # (T, H)
    return values.mean(1) if focus.over == MEAN else values[:, focus.unit]


def _name_unknown(frame: Frame, reading: Reading) -> None:
    unknown = reading.vocabulary.unknown(reading.tokens)
    if unknown:
        st.info(
            _("Never seen in training, and read as unknown: {tokens}").format(
                tokens=plain("  ".join(visible(token) for token in unknown))
            ),
            icon=":material/info:",
        )
