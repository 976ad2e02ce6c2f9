"""Names, rows of probabilities and sequences as a reader types them."""

import re
from collections.abc import Sequence

from explorer.errors import ExplorerError
from explorer.text.numbers import read_ratio

MOST_NAMES = 5
LONGEST_NAME = 16
LONGEST_SEQUENCE = 60


def names(text: str) -> tuple[str, ...]:
    """Two to five different names, commas between them.

    Raises:
        ExplorerError: There are fewer or more, one is too long, or one comes twice.
    """
    found = tuple(name for part in re.split("[,，、]", text) if (name := " ".join(part.split())))
    if not 2 <= len(found) <= MOST_NAMES:
        raise ExplorerError(
            "Give 2 to {most} names separated by commas, not {found}.",
            most=MOST_NAMES,
            found=len(found),
        )
    for name in found:
        if len(name) > LONGEST_NAME:
            raise ExplorerError(
                "The name {name} is longer than {most} characters.",
                name=name[:40],
                most=LONGEST_NAME,
            )
        if found.count(name) > 1:
            raise ExplorerError("The name {name} occurs twice.", name=name)
    return found


def row(text: str, *, name: str) -> tuple[float, ...]:
    """The numbers of a row, blanks or commas between them; ``1/3`` is a number too.

    Raises:
        ExplorerError: Something in it is no number; the sentence names the row.
    """
    return tuple(_number(part, name) for part in re.split(r"[\s,，、;；]+", text) if part)


def sequence(text: str, symbols: Sequence[str]) -> tuple[int, ...]:
    """The numbers of the symbols, blanks or commas between them.

    Raises:
        ExplorerError: One is no symbol of the model, there are none, or too many.
    """
    parts = [part for part in re.split(r"[,，、]|\s+", text) if part]
    by_name = {symbol.replace(" ", "").casefold(): n for n, symbol in enumerate(symbols)}
    unknown = [part for part in parts if part.casefold() not in by_name]
    if unknown:
        raise ExplorerError(
            "{symbol} is not a symbol of this model; its symbols are {known}.",
            symbol=unknown[0][:40],
            known=", ".join(symbols),
        )
    if not 1 <= len(parts) <= LONGEST_SEQUENCE:
        raise ExplorerError(
            "The sequence has {count} symbols; it must have 1 to {most}.",
            count=len(parts),
            most=LONGEST_SEQUENCE,
        )
    return tuple(by_name[part.casefold()] for part in parts)


def _number(text: str, name: str) -> float:
    try:
        return read_ratio(text)
    except ValueError:
        raise ExplorerError(
            "The row {row} contains {value}, which is not a number.", row=name, value=text[:40]
        ) from None
