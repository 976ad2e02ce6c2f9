"""Brings a part of the page into sight, where a control has changed what stands far below it."""

import re

import streamlit as st

from explorer.web.kit.component import component

_WANTED = "wanted in sight"


def class_of(key: str) -> str:
    """The class that Streamlit gives what is drawn under a key."""
    return "st-key-" + re.sub(r"[^a-zA-Z0-9_-]", "-", key)


def bring_into_sight(key: str) -> None:
    """From a control's callback: the next run shows the widget of a key, which has the focus."""
    st.session_state[_WANTED] = key


def show_in_sight() -> None:
    """Shows what was asked for, once; a page's last call."""
    if key := st.session_state.pop(_WANTED, None):
        _component(key="sight", data={"widget": class_of(key)})


_component = component("sight", beside=__file__, css=())
