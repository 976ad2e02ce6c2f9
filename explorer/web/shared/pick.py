"""What the reader's choice of a step, on a strip, a heatmap or a grid, does to the page's state."""

from collections.abc import Callable

import streamlit as st

from explorer.web.kit.frame import Frame


def picked(frame: Frame, key: str) -> Callable[[], None]:
    """The callback of a component: sets the page's step, and its unit or layer where one came."""

    def choose() -> None:
        pick = st.session_state[key]["pick"]
        for name in ("step", "unit", "layer"):
            if pick.get(name) is not None:
                st.session_state[frame.address.key(name)] = int(pick[name])

    return choose
