"""What a gate page shows of one reading: the strip, and the view that the reader chose.

Brings in torch, unlike the controls above it.
"""

import streamlit as st

from explorer.models.card import Card
from explorer.recurrence.reading import Reading
from explorer.web.chapter import BY_PAGE
from explorer.web.experiments.claims import show_claims
from explorer.web.frame import Frame
from explorer.web.gates.card import show_card
from explorer.web.gates.download import show_download
from explorer.web.gates.equation import show_equation
from explorer.web.gates.focus import Focus, choose_focus, choose_step, choose_view
from explorer.web.gates.hand import put_away
from explorer.web.gates.heatmaps import show_heatmaps
from explorer.web.gates.lines import show_lines
from explorer.web.gates.saturation import show_saturation
from explorer.web.gates.strip import show_strip
from explorer.web.gates.text import Text
from explorer.web.gates.what_if import show_what_if


def show_reading(frame: Frame, card: Card, text: Text, reading: Reading) -> None:
    """Everything below the text."""
    _ = frame.translate
    focus = choose_focus(frame, card, reading.trace)
    show_strip(frame, reading, focus)
    choose_step(frame, len(reading.tokens))
    _show_view(frame, card, text, reading, focus)
    st.caption(
        _(
            "Checked against PyTorch's own fused {module} on this text: the states differ by "
            "{parity} at most."
        ).format(module=card.architecture.cell.upper(), parity=f"{reading.parity:.1e}")
    )


def _show_view(frame: Frame, card: Card, text: Text, reading: Reading, focus: Focus) -> None:
    view = choose_view(frame)
    if view != "what-if":
        put_away(frame)
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
        case "claims":
            show_claims(frame, BY_PAGE[card.architecture.cell].number)
        case "model":
            show_card(frame, card)
        case _:
            show_download(frame, reading, text.model)
