"""The scripts and styles beside this file, as a component takes them."""

from pathlib import Path

_HERE = Path(__file__).parent


def script(*names: str) -> str:
    """The scripts of a component as one, what all of them share in front of it."""
    return "".join(_read(f"{name}.js") for name in ("dom", *names))


def style(*names: str) -> str:
    """The style sheets of a component as one."""
    return "".join(_read(f"{name}.css") for name in names)


def _read(file: str) -> str:
    return (_HERE / file).read_text(encoding="utf-8")
