"""A component of a page: its scripts and styles, as Streamlit takes them."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

_SHARED = Path(__file__).parent / "dom.js"


def script(beside: str, *names: str) -> str:
    """The scripts of a component as one, what all components share in front of it.

    Args:
        beside: The file of the module that the scripts stand beside.
        names: Of the scripts, without ``.js``.
    """
    own = (Path(beside).with_name(f"{name}.js") for name in names)
    return "".join(path.read_text(encoding="utf-8") for path in (_SHARED, *own))


def style(beside: str, *names: str) -> str:
    """The style sheets of a component as one; arguments as those of :func:`script`."""
    own = (Path(beside).with_name(f"{name}.css") for name in names)
    return "".join(path.read_text(encoding="utf-8") for path in own)


def component(
    name: str, *, beside: str, js: Sequence[str] = (), css: Sequence[str] = ()
) -> ComponentRenderer:
    """Registers a component with Streamlit.

    Args:
        name: What it is called; its script and style are called so, where nothing else is said.
        beside: The file of the module that the scripts and styles stand beside.
        js: Its scripts.
        css: Its style sheets.
    """
    return st.components.v2.component(
        f"gatescope_{name}",
        css=style(beside, *(css or (name,))),
        js=script(beside, *(js or (name,))),
    )
