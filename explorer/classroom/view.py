"""What a teacher shows: a page and its parameters, never an address as it was given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode

from explorer.errors import ExplorerError

LONGEST_VALUE = 2000
"""Characters of a parameter: no page writes longer ones into its address."""


class Declared(Protocol):
    """A parameter as a page declares it."""

    @property
    def name(self) -> str:
        """In the address."""

    def read(self, text: str) -> Any:
        """The value; raises ValueError where there is none within the bounds."""

    def write(self, value: Any) -> str:
        """The value as the address writes it."""


@dataclass(frozen=True)
class View:
    """A page as someone sees it.

    Attributes:
        page: The page's name.
        query: Its parameters, as an address writes them.
    """

    page: str
    query: str = ""


def read_view(
    page: str, values: Mapping[str, object], declared: Mapping[str, Sequence[Declared]]
) -> View:
    """The view that a browser says it shows, of what the page declares alone.

    Args:
        page: The page's name.
        values: Its parameters as texts; what the page does not declare or cannot read is left out.
        declared: The parameters of every page, by the page's name.

    Raises:
        ExplorerError: There is no such page.
    """
    if page not in declared:
        raise ExplorerError("There is no such page.")
    known = {parameter.name: parameter for parameter in declared[page]}
    texts = {name: _rewritten(known[name], text) for name, text in values.items() if name in known}
    return View(page, urlencode({name: text for name, text in texts.items() if text is not None}))


def _rewritten(parameter: Declared, text: object) -> str | None:
    """A parameter read and written again; None where it cannot be read."""
    if not isinstance(text, str) or len(text) > LONGEST_VALUE:
        return None
    try:
        written = parameter.write(parameter.read(text))
        written.encode()  # half of a pair of surrogates is no text
    except ValueError:
        return None
    return written
