"""What a gate page shows of one reading: the strip, and the view that the reader chose.

Brings in torch, unlike the controls above it and the views that need no reading.
"""

import streamlit as st

from explorer.models.card import Card
from explorer.recurrence.reading import Reading
from explorer.text.numbers import short
from explorer.web.kit.fragments import Surroundings, run_alone
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.widgets import choose, chosen
from explorer.web.pages.gates.equation import show_equation
from explorer.web.pages.gates.parameters import SHOW
from explorer.web.pages.gates.saturation import show_saturation
from explorer.web.pages.gates.what_if import show_what_if
from explorer.web.shared.download import show_download
from explorer.web.shared.focus import Focus, choose_focus, choose_step, telling_step
from explorer.web.shared.heatmaps import show_heatmaps
from explorer.web.shared.lines import show_lines
from explorer.web.shared.reading_controls import Text
from explorer.web.shared.strip import show_strip, strip_of


def show_reading(frame: Frame, card: Card, text: Text, reading: Reading, view: str) -> None:
    """The strip, and under it the view of the reading that the reader chose."""
    content = strip_of(reading)

    def draw(frame: Frame, page: Surroundings) -> Focus:
        focus = choose_focus(frame, card, reading.trace, first_step=telling_step(reading.tokens))
        ordered = focus.quantity if view == "heatmaps" else ""
        page.depend_on(chosen(frame, SHOW), focus.layer, ordered)
        show_strip(frame, reading, content, focus)
        choose_step(frame, len(reading.tokens))
        choose(frame, _("Show"), SHOW)
        _follow_step(frame, text, reading, focus, view)
        return focus

    focus = run_alone(frame, draw)
    if focus:
        _show_whole(frame, text, reading, focus, view)
    _show_parity(frame, card, reading)


def _follow_step(frame: Frame, text: Text, reading: Reading, focus: Focus, view: str) -> None:
    """The views that show the chosen step."""
    if view == "lines":
        show_lines(frame, reading, focus)
    elif view == "what-if":
        show_what_if(frame, text, reading, focus)
    elif view == "equation":
        show_equation(frame, reading, focus, text.model)


def _show_whole(frame: Frame, text: Text, reading: Reading, focus: Focus, view: str) -> None:
    """The views that are the same at every step and for every unit."""
    if view == "heatmaps":
        show_heatmaps(frame, reading, focus, of=text)
    elif view == "saturation":
        show_saturation(frame, reading, focus)
    elif view == "download":
        show_download(frame, reading, text.model)


def _show_parity(frame: Frame, card: Card, reading: Reading) -> None:
    if reading.parity is None:
        return
    said = _(
        "Checked on this text against PyTorch's own {module} in float64: the states "
        "shown here differ by at most {ours}, those of its usual pass in float32 by at "
        "most {own}."
    )
    st.caption(
        said.format(
            module=card.architecture.cell.upper(),
            ours=short(reading.parity.trace),
            own=short(reading.parity.module),
        )
    )
