"""What the reader's choice of a step, on a strip, a heatmap or a grid, does to the page's state."""

from collections.abc import Callable, Collection

import streamlit as st

from explorer.web.kit.fragments import run_instead
from explorer.web.kit.frame import Frame
from explorer.web.kit.parameters import Parameters, Values
from explorer.web.shared.parameters import LAYER, STEP, UNIT_NUMBER

_PICKED: Parameters = (STEP, UNIT_NUMBER, LAYER)


def picked(
    frame: Frame, key: str, *, around: str = "", along: Collection[str] = ()
) -> Callable[[], None]:
    """The callback of a component: sets the page's step, and its unit or layer where one came.

    Args:
        frame: The page's frame.
        key: Of the component.
        around: The part of the page that runs where another unit or layer came, if it is another
            than that of the component.
        along: The parts that run where a step alone came, if not that of the component alone.
    """

    def choose() -> None:
        pick = st.session_state[key]["pick"]
        chosen: Values = {p: int(pick[p.name]) for p in _PICKED if pick.get(p.name) is not None}
        frame.address.put(chosen)
        parts = along if set(chosen) == {STEP} else (around,)
        if any(parts):
            run_instead(*parts)

    return choose
