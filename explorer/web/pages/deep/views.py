"""What a deep network makes of the reader's text. Brings in torch, unlike the controls above it."""

from explorer.models.card import Card
from explorer.recurrence.reading import Reading
from explorer.web.kit.fragments import Surroundings, run_alone
from explorer.web.kit.frame import Frame
from explorer.web.pages.deep.layer_grid import show_grid
from explorer.web.pages.deep.layer_memory import show_memory
from explorer.web.pages.deep.layer_pictures import show_units
from explorer.web.shared.focus import Focus, choose_focus, choose_step
from explorer.web.shared.reading_controls import Text
from explorer.web.shared.strip import show_strip, strip_of

#: Where a state has some to depend on, and some that depend on it.
_FIRST_STEP, _FIRST_LAYER = 5, 1


def show_reading(frame: Frame, card: Card, text: Text, reading: Reading, view: str) -> None:
    """What colours the text, the text, and the view of it; the grid stands nearest to the top."""
    content = strip_of(reading)

    def draw(frame: Frame, page: Surroundings) -> Focus:
        focus = choose_focus(
            frame, card, reading.trace, first_step=_FIRST_STEP, first_layer=_FIRST_LAYER
        )
        page.depend_on(focus.quantity if view == "units" else "")
        if view == "grid":
            show_grid(frame, reading, focus)
        show_strip(frame, reading, content, focus)
        choose_step(frame, len(reading.tokens))
        return focus

    focus = run_alone(frame, draw)
    if focus and view == "units":
        show_units(frame, text, reading, focus)
    elif view == "memory":
        show_memory(frame, reading)
