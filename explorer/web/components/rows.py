"""Rows of words under each other, each word with a shade and a note.

Tokens reach the browser as data and enter the page as text, never as markup.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from explorer.web.kit.component import component


@dataclass(frozen=True)
class Cell:
    """One word.

    Attributes:
        token: As the reader should see it.
        shade: How deep it is coloured, from 0 to 1.
        mark: Whether it is framed.
        note: Below it, in small.
    """

    token: str
    shade: float = 0.0
    mark: bool = False
    note: str = ""


@dataclass(frozen=True)
class Row:
    """A row of words and what it is called, in the reader's language."""

    label: str
    words: Sequence[Cell]


def rows(content: Sequence[Row], *, key: str) -> None:
    """Draws the rows."""
    _component(key=key, data={"rows": [asdict(row) for row in content]})


_component = component("rows", beside=__file__)
