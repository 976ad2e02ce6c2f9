"""A choice among a few, as a row of buttons whose state stands in the address."""

from collections.abc import Collection, Mapping
from typing import TypeVar, cast

import streamlit as st

from explorer.web.kit.frame import Frame

T = TypeVar("T")


def choose(frame: Frame, label: str, name: str, options: Mapping[T, str], *, default: T) -> T:
    """One of ``options``.

    Args:
        frame: The page's frame.
        label: Above the buttons, in the reader's language.
        name: Of the parameter in the address.
        options: What each option is called, in the reader's language.
        default: Chosen where the address says nothing.
    """
    chosen = st.segmented_control(
        label,
        list(options),
        format_func=options.__getitem__,
        key=frame.address.choice(name, default, list(options)),
        required=True,
        wrap=True,
    )
    return default if chosen is None else chosen


def chosen(frame: Frame, name: str, options: Collection[T], *, default: T) -> T:
    """What is chosen of ``options``, known before `choose` draws the buttons."""
    return cast(T, st.session_state[frame.address.choice(name, default, list(options))])
