"""A gate page from top to bottom."""

import streamlit as st

from explorer.web.frame import Frame, readable_errors
from explorer.web.gates.controls import choose_focus, choose_step, choose_text, choose_view
from explorer.web.models import reading as cached_reading


def show(frame: Frame, cell: str) -> None:
    """The controls, the strip, and the view that the reader chose."""
    _ = frame.translate
    with readable_errors(_):
        chosen = choose_text(frame, cell)
        with st.spinner(_("Reading the text …"), show_time=False):
            reading = cached_reading(chosen.card.name, chosen.text)
            from explorer.web.gates import card as card_view
            from explorer.web.gates import download, equation, guesses, heatmaps, lines, strip
            from explorer.web.gates import saturation as saturation_view
        focus = choose_focus(frame, chosen.card, len(reading.tokens))
        left, right = st.columns([3, 1], gap="large")
        with left:
            strip.show_strip(frame, reading, focus)
            choose_step(frame, len(reading.tokens))
        with right:
            guesses.show_guesses(frame, reading, focus)
        view = choose_view(frame)
        if view == "heatmaps":
            heatmaps.show_heatmaps(frame, reading, focus)
        elif view == "lines":
            lines.show_lines(frame, reading, focus)
        elif view == "equation":
            equation.show_equation(frame, reading, focus, chosen.card.name)
        elif view == "saturation":
            saturation_view.show_saturation(frame, reading, focus)
        else:
            download.show_download(frame, reading, chosen.card.name)
        card_view.show_card(frame, chosen.card)
        st.caption(
            _(
                "Checked against PyTorch's own fused {module} on this text: the states differ by "
                "{parity} at most."
            ).format(module=cell.upper(), parity=f"{reading.parity:.1e}")
        )
