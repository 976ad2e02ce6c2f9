"""Guesses of several models, or of one in several situations, side by side.

Tokens reach the browser as data and enter the page as text, never as markup.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from explorer.web.kit.component import component


@dataclass(frozen=True)
class Guessed:
    """A word, its probability and how that is written; ``mark`` frames the right one."""

    word: str
    p: float
    percent: str
    mark: bool = False


@dataclass(frozen=True)
class Column:
    """Guesses of one kind.

    Attributes:
        title: Who guesses; may be empty.
        subtitle: What is seen.
        rows: The guesses.
        note: Below them; may be empty.
    """

    title: str
    subtitle: str
    rows: Sequence[Guessed]
    note: str


def guess_columns(columns: Sequence[Column], *, key: str) -> None:
    """Draws the columns."""
    _component(key=key, data={"columns": [asdict(column) for column in columns]})


_component = component("guesses", beside=__file__)
