"""A component of a page: its scripts and styles, as Streamlit takes them."""

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.bidi_component.state import ComponentResult

#: Scripts of the kit that a component is given where nothing else is said.
KIT = ("dom", "events", "mount")
_COMMENT = re.compile(r"^\s*//.*\n", re.MULTILINE)


def script(beside: str, *names: str, kit: Sequence[str] = KIT) -> str:
    """The scripts of a component as one, since Streamlit takes one; those of the kit come first.

    Lines of comment are left out: small scripts come with every run.

    Args:
        beside: The file of the module that the scripts stand beside.
        names: Of the scripts, without ``.js``.
        kit: Of the kit's scripts, without ``.js``.
    """
    paths = [Path(__file__).with_name(f"{name}.js") for name in kit]
    paths += [Path(beside).with_name(f"{name}.js") for name in names]
    return _COMMENT.sub("", "".join(path.read_text(encoding="utf-8") for path in paths))


def style(beside: str, *names: str) -> str:
    """The style sheets of a component as one; arguments as those of :func:`script`."""
    own = (Path(beside).with_name(f"{name}.css") for name in names)
    return "".join(path.read_text(encoding="utf-8") for path in own)


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
        What draws it: a function of its key, its data, which are plain values, and its callbacks.
    """
    mount = st.components.v2.component(
        f"gatescope_{name}",
        css=style(beside, *((name,) if css is None else css)),
        js=script(beside, *(js or (name,)), kit=kit),
    )

    def draw(*, key: str, data: object, **rest: Any) -> ComponentResult:
        # Streamlit writes values as JSON twice, and searches them for tables; bytes it takes as
        # they are.
        return mount(key=key, data=json.dumps(data).encode(), **rest)

    return draw
