"""A component of a page: its scripts and styles, as Streamlit takes them."""

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st
from streamlit.components.v2.bidi_component.state import ComponentResult

from explorer.saving.scripts import KIT, script, style


def component(
    name: str,
    *,
    beside: str,
    js: Sequence[str] = (),
    css: Sequence[str] | None = None,
    kit: Sequence[str] = KIT,
) -> Callable[..., ComponentResult]:
    """Registers a component with Streamlit.

    Args:
        name: What it is called; its script and style are called so, where nothing else is said.
        beside: The file of the module that the scripts and styles stand beside.
        js: Its scripts.
        css: Its style sheets.
        kit: The scripts of the kit that it uses.

    Returns:
        What draws it: a function of its key, its data, which are plain values, its callbacks, each
        of which may be None, and its height.
    """
    mount = st.components.v2.component(
        f"gatescope_{name}",
        css=style(beside, *((name,) if css is None else css)),
        js=script(beside, *(js or (name,)), kit=kit),
    )

    def draw(*, key: str, data: object, **more: Any) -> ComponentResult:
        listening: dict[str, Any] = {
            name: partial(_call_while_there, key, called) if called else _ignore
            for name, called in more.items()
            if name.startswith("on_")
        }
        # Streamlit writes values as JSON twice, and searches them for tables; bytes it takes as
        # they are.
        return mount(key=key, data=json.dumps(data).encode(), **{**more, **listening})

    return draw


def _call_while_there(key: str, called: Callable[[], None]) -> None:
    """Calls back, unless the reader has left the page while the component told something.

    Streamlit then calls all the same, and has forgotten what was told.
    """
    if key in st.session_state:
        called()


def _ignore() -> None:
    """Streamlit keeps a trigger only where something listens to it."""
