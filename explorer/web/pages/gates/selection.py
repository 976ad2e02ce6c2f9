"""The selected stretch of the text: kept in the address, and what its selection opens."""

from explorer.web.kit.frame import Frame
from explorer.web.pages.gates.parameters import SELECTED, SHOW
from explorer.web.pages.gates.stretch import Stretch
from explorer.web.shared.strip import Selecting


def selects(frame: Frame, steps: int) -> Selecting:
    """What is selected of a text; another stretch opens the view of what is like it."""

    def select(first: int, last: int) -> None:
        frame.address.put({SELECTED: Stretch(first, last), SHOW: "match"})

    stretch = selected(frame, steps)
    return Selecting((stretch.first, stretch.last) if stretch else None, select)


def selected(frame: Frame, steps: int) -> Stretch | None:
    """The selected stretch, as far as the text goes."""
    stretch = frame.address.value(SELECTED)
    if stretch is None or stretch.first >= steps:
        return None
    return Stretch(stretch.first, min(stretch.last, steps - 1))
