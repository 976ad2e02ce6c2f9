"""A teacher's own tour: a small text file of stops, each an address with the text to it.

``gatescope run --tour FILE`` names the file, or the environment variable does. docs/lesson-plans.md
says how it is written. What is in it is text and addresses of this app, never markup.
"""

import os
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from explorer.classroom.view import read_view
from explorer.errors import ExplorerError
from explorer.stored import regular
from explorer.web.kit import carried
from explorer.web.page_parameters import page_parameters
from explorer.web.tours.catalogue import TOURS
from explorer.web.tours.tour import Stop, Tour

VARIABLE = "GATESCOPE_TOUR"
"""Environment variable with the file's path."""
NAME = "own"
"""In the address; no page has this name."""
MOST_BYTES, MOST_STOPS = 64_000, 30
LONGEST_TITLE, LONGEST_TEXT = 100, 600
"""Characters."""
_MOST_PARAMETERS = 50
_NOT_THE_VIEWS = carried.NAMES | {"class"}
_Line = tuple[int, str]


def every_tour() -> Mapping[str, Tour]:
    """The tours that there are, the teacher's own last; one that cannot be read is none."""
    try:
        own = own_tour()
    except ExplorerError:
        return TOURS
    return {**TOURS, NAME: own} if own else TOURS


def own_tour() -> Tour | None:
    """The tour of the file that the server was given, as the file is now; None without a file.

    Raises:
        ExplorerError: The file cannot be read, or is no tour.
    """
    named = os.environ.get(VARIABLE)
    if not named:
        return None
    try:
        status = Path(named).stat()
        return _read(Path(named), status.st_ino, status.st_size, status.st_mtime_ns)
    except ExplorerError:  # which is a ValueError
        raise
    except UnicodeDecodeError:
        raise ExplorerError("The tour {file} is not written in UTF-8.", file=named) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise ExplorerError(
            "The tour {file} cannot be opened: {reason}.", file=named, reason=reason
        ) from None


@lru_cache(maxsize=1)
def _read(path: Path, *_stamp: int) -> Tour:
    return read_tour(regular.read(path, most=MOST_BYTES).decode("utf-8-sig"))


def read_tour(text: str) -> Tour:
    """The tour that a text describes.

    Args:
        text: ``# `` and the title; then the stops with blank lines between them, each an address
            and, in the lines below it, what is told there.

    Raises:
        ExplorerError: Something of it is missing, too long or not of this app, with its line.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.split("\n"), 1)]
    written = [(number, line) for number, line in lines if line]
    first, title = written[0] if written else (1, "")
    if not title.startswith("# ") or len(title) > LONGEST_TITLE + len("# "):
        raise ExplorerError(
            "Line {line}: a tour begins with “# ” and its title, of at most {most} characters.",
            line=first,
            most=LONGEST_TITLE,
        )
    title = _shown(first, title.removeprefix("# "))
    return Tour(NAME, tuple(_stops(lines[first:], first)), title)


def _stops(lines: list[_Line], last: int) -> Iterator[Stop]:
    """The stops of the lines below the title."""
    count = 0
    for is_written, block in groupby(lines, key=lambda line: bool(line[1])):
        if not is_written:
            continue
        (last, address), *told = block
        count += 1
        if count > MOST_STOPS:
            break
        yield Stop(_text(last, told), *_view(last, address))
    if not 0 < count <= MOST_STOPS:
        raise ExplorerError(
            "Line {line}: a tour has 1 to {most} stops.", line=last, most=MOST_STOPS
        )


def _text(number: int, told: list[_Line]) -> str:
    """What is told at a stop whose address stands in line ``number``."""
    text = "\n".join(_shown(*line) for line in told)
    if not 0 < len(text) <= LONGEST_TEXT:
        raise ExplorerError(
            "Line {line}: a stop has a text of 1 to {most} characters under its address.",
            line=number,
            most=LONGEST_TEXT,
        )
    return text


def _shown(number: int, line: str) -> str:
    """A line as it is shown: any white space in it is a blank."""
    shown = " ".join(line.split())
    if not shown.isprintable():
        raise ExplorerError("Line {line}: it has a character that cannot be seen.", line=number)
    return shown


def _view(number: int, address: str) -> tuple[str, Mapping[str, str]]:
    """The page of an address and its parameters, of what the page declares alone."""
    try:
        parts = urlsplit(address)
        given = _parameters(parts.query)
        if parts.scheme not in ("", "http", "https"):
            raise ValueError(address)
        values = {name: value for name, value in given.items() if name not in _NOT_THE_VIEWS}
        view = read_view(parts.path.rpartition("/")[2], values, page_parameters())
    except (ValueError, ExplorerError):
        raise ExplorerError(
            "Line {line}: this is no address of a page, such as /gru?text=abc.", line=number
        ) from None
    read = _parameters(view.query)
    for name in values.keys() - read.keys():
        raise ExplorerError(
            "Line {line}: the page has no {name}, or not with this value.", line=number, name=name
        )
    return view.page or "start", read


def _parameters(query: str) -> dict[str, str]:
    return dict(
        parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS)
    )
