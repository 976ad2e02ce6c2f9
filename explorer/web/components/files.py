"""The scripts and styles beside this file, as a component takes them."""

from pathlib import Path

_HERE = Path(__file__).parent


def script(name: str) -> str:
    """The script of a component, what all of them share in front of it."""
    return _read("dom.js") + _read(f"{name}.js")


def style(name: str) -> str:
    """The style sheet of a component."""
    return _read(f"{name}.css")


def _read(file: str) -> str:
    return (_HERE / file).read_text(encoding="utf-8")
