"""What the reader's choice of a step, on a strip or a heatmap, does to the page's state."""

from collections.abc import Callable

import streamlit as st

from explorer.web.frame import Frame


def picked(frame: Frame, strip_key: str) -> Callable[[], None]:
    """The callback of a strip: sets the page's step, and its unit where one was chosen."""

    def choose() -> None:
        pick = st.session_state[strip_key]["pick"]
        for name in ("step", "unit"):
            if pick[name] is not None:
                st.session_state[frame.address.key(name)] = int(pick[name])

    return choose
