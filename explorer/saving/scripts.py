"""The scripts and style sheets of the components, for pages with a server and without one.

They stand in ``explorer/web``, beside the Python that sends them what to draw.
"""

import re
from collections.abc import Sequence
from pathlib import Path

_WEB = Path(__file__).parents[1] / "web"

#: A path beside which the components' scripts stand.
COMPONENTS = str(_WEB / "components" / "scripts")
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
    paths = [_WEB / "kit" / f"{name}.js" for name in kit]
    paths += [Path(beside).with_name(f"{name}.js") for name in names]
    return _COMMENT.sub("", "".join(path.read_text(encoding="utf-8") for path in paths))


def style(beside: str, *names: str) -> str:
    """The style sheets of a component as one; arguments as those of :func:`script`."""
    own = (Path(beside).with_name(f"{name}.css") for name in names)
    return "".join(path.read_text(encoding="utf-8") for path in own)


def as_expression(source: str) -> str:
    """A component's script as an expression: the function that it exports.

    So several stand on one page, each with the names that it gives its own functions.

    Raises:
        ValueError: The script does not export one function.
    """
    before, *rest = source.split("export default function")
    if len(rest) != 1:
        raise ValueError("a component's script exports one function")
    body = f"let exported;\n{before}exported = function{rest[0]}\nreturn exported;\n"
    return f"(() => {{\n{body}}})()"
