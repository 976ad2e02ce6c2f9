"""What a gate page shows of one reading: the strip, and the view that the reader chose.

Brings in torch, unlike the controls above it and the views that need no reading.
"""

import streamlit as st

from explorer.models.card import Card
from explorer.recurrence.reading import Reading
from explorer.text.numbers import short
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.pages.gates.equation import show_equation
from explorer.web.pages.gates.saturation import show_saturation
from explorer.web.pages.gates.what_if import show_what_if
from explorer.web.shared.download import show_download
from explorer.web.shared.focus import choose_focus, choose_step, choose_view, telling_step
from explorer.web.shared.heatmaps import show_heatmaps
from explorer.web.shared.lines import show_lines
from explorer.web.shared.reading_controls import Text
from explorer.web.shared.strip import show_strip


def show_reading(frame: Frame, card: Card, text: Text, reading: Reading, view: str) -> None:
    """The strip, and under it the view of the reading that the reader chose."""
    focus = choose_focus(frame, card, reading.trace, first_step=telling_step(reading.tokens))
    show_strip(frame, reading, focus)
    choose_step(frame, len(reading.tokens))
    choose_view(frame)
    match view:
        case "heatmaps":
            show_heatmaps(frame, reading, focus, of=text)
        case "lines":
            show_lines(frame, reading, focus)
        case "what-if":
            show_what_if(frame, text, reading, focus)
        case "equation":
            show_equation(frame, reading, focus, text.model)
        case "saturation":
            show_saturation(frame, reading, focus)
        case _:
            show_download(frame, reading, text.model)
    _show_parity(frame, card, reading)


def _show_parity(frame: Frame, card: Card, reading: Reading) -> None:
    if reading.parity is None:
        return
    said = _(
        "Checked on this text against PyTorch's own {module} in float64: the states shown here are "
        "off by at most {ours}, those of its usual pass in float32 by at most {own}."
    )
    st.caption(
        said.format(
            module=card.architecture.cell.upper(),
            ours=short(reading.parity.trace),
            own=short(reading.parity.module),
        )
    )
