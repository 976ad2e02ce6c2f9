"""What the model expects after the chosen step."""

import streamlit as st

from explorer.figures.guesses import guess_bars
from explorer.figures.heatmap import visible
from explorer.recurrence.reading import Reading
from explorer.web.frame import Frame, plain
from explorer.web.gates.controls import Focus


def show_guesses(frame: Frame, reading: Reading, focus: Focus) -> None:
    """What the model expects after the chosen step."""
    _ = frame.translate
    following = reading.tokens[focus.step + 1] if focus.step + 1 < len(reading.tokens) else None
    read = "".join(
        visible(token) for token in reading.tokens[max(0, focus.step - 11) : focus.step + 1]
    )
    st.markdown(_("After “{read}” the model expects").format(read=plain(read)))
    st.altair_chart(guess_bars(reading.guesses(focus.step), followed_by=following, translate=_))
