"""Parts of a page that run again alone.

Streamlit runs a whole page again for every control. What follows from a few controls that are used
again and again, such as the step, stands in a part with them: using one of them runs the part, and
what stands around it is neither built nor sent. A part may stand within another.
"""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st
from streamlit.errors import StreamlitAPIException

from explorer.web.kit.errors import readable_errors
from explorer.web.kit.frame import Frame

T = TypeVar("T")


class Surroundings:
    """What the rest of a page was drawn from, as its part knows it."""

    def __init__(self) -> None:
        self._drawn_from: tuple[object, ...] | None = None

    def depend_on(self, *values: object) -> None:
        """Runs the whole page again if the values are others than those that it was drawn from."""
        if self._drawn_from is None:
            self._drawn_from = values
        elif self._drawn_from != values:
            st.rerun()


def run_alone(
    frame: Frame,
    draw: Callable[[Frame, Surroundings], T],
    *,
    name: str | None = None,
    every: float | None = None,
) -> T | None:
    """Draws a part of a page whose controls run that part again alone.

    Args:
        frame: The page's frame.
        draw: Draws the part, in the page's own runs and in its own; what it is given says from
            which of its values the rest of the page is drawn.
        name: For :func:`run_instead`.
        every: Seconds after which the part runs again by itself.

    Returns:
        What ``draw`` returns; None where it raised an ExplorerError, which is then shown.
    """
    surroundings = Surroundings()
    whole_page = [frame]

    @st.fragment(key=name, run_every=every)
    def part() -> T | None:
        if whole_page:  # which writes the address at its end
            with readable_errors():
                return draw(whole_page.pop(), surroundings)
            return None
        own = frame.again()
        with readable_errors():
            draw(own, surroundings)
        own.close()
        return None

    drawn: T | None = part()
    return drawn


def run_instead(*names: str) -> None:
    """From a control's callback: the parts of these names run, and not that of the control.

    Args:
        names: The first is on the page; of the others, each may be in a view that was refused.
    """
    try:
        st.rerun(names)
    except StreamlitAPIException:
        st.rerun(names[0])
