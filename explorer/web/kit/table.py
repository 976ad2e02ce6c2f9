"""A table that shows all of its columns on any screen, as text that can be marked and copied.

Streamlit's own is drawn on a canvas and hides columns that have no room; it stays where a reader
sorts many rows.
"""

import re
import unicodedata
from collections.abc import Mapping
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import streamlit as st

from explorer.text.numbers import decimal

if TYPE_CHECKING:
    import pandas as pd

STYLE = f"<style>{Path(__file__).with_suffix('.css').read_text(encoding='utf-8')}</style>"
"""What every page with tables has once."""
_PHONE = 356
"""Pixels of a page's column on a phone of 390."""
_LETTER, _BESIDE = 7, 12
"""Pixels of a letter, and beside the text of a cell."""
_SHORT = 12
"""Letters of a heading that is never broken: one of Chinese would be, between any two."""
_TEXT = 14
"""Letters that a text wants on a line at most; a short one is broken once."""
_NUMBER = re.compile(
    r"[−+<≈]?\d[\d.,]*%?"
    r"(?:–\d[\d.,]*%?)?"  # to which other
    r"(?: ± <?\d[\d.,]*)?(?: \(n\s=\s\d+\))?"  # with its spread, and of how many
    r"|–|"
)


def show_table(
    table: "pd.DataFrame",
    *,
    digits: Mapping[str, int] = MappingProxyType({}),
    current: int | None = None,
) -> None:
    """Draws a table; nothing in it is markup.

    Args:
        table: Text, whole numbers, and decimals; what is missing is left empty.
        digits: Column → digits behind the point of its decimals.
        current: The row that is marked.

    Raises:
        KeyError: A column of decimals has no digits.
    """
    columns = {str(name): _written(table[name], digits) for name in table}
    st.html(_page(columns, current))


def _written(column: "pd.Series[Any]", digits: Mapping[str, int]) -> list[str]:
    import pandas as pd  # as the server starts, a thread of its own imports it

    if pd.api.types.is_float_dtype(column):
        places = digits[str(column.name)]
        return ["" if pd.isna(value) else decimal(value, places) for value in column]
    if pd.api.types.is_integer_dtype(column):
        return [f"{value:,}" for value in column]
    return ["" if pd.isna(value) else str(value) for value in column]


def _page(columns: Mapping[str, list[str]], current: int | None) -> str:
    """The table as HTML. Its roles are said, since a display that is none of a table loses them."""
    kind, count = _layout(columns), len(columns)
    names = {name: f' data-name="{escape(name)}"' if kind == "listed" else "" for name in columns}
    numbers = {name: all(map(_NUMBER.fullmatch, cells)) for name, cells in columns.items()}
    look = {name: _class(number=number) for name, number in numbers.items()}
    head = "".join(
        f'<th role="columnheader" scope="col"'
        f"{_class(number=numbers[name], short=_is_short(name))}>{escape(name)}</th>"
        for name in columns
    )
    body = ""
    for row, cells in enumerate(zip(*columns.values(), strict=True)):
        mark = ' aria-current="true"' if row == current else ""
        written = "".join(
            f'<td role="cell"{names[name]}{look[name]}>{escape(cell)}</td>'
            for name, cell in zip(columns, cells, strict=True)
        )
        body += f'<tr role="row"{mark}>{written}</tr>'
    return (
        f'<div class="table"><table role="table" class="{kind}" style="--columns: {count}">'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _class(**said: bool) -> str:
    names = " ".join(name for name, so in said.items() if so)
    return f' class="{names}"' if names else ""


def _layout(columns: Mapping[str, list[str]]) -> str:
    """How it is laid out on a phone: plain or turned where there is room for it, else listed."""
    widths = [max([_least_heading(name), *map(_least, cells)]) for name, cells in columns.items()]
    if sum(widths) <= _PHONE:
        return "plain"
    rows = zip(*columns.values(), strict=True)
    if sum(max(map(_least, row), default=0) for row in (tuple(columns), *rows)) <= _PHONE:
        return "turned"
    return "listed"


def _least(text: str) -> float:
    """Pixels that a cell takes at least: as many as its longest word, and some for a text."""
    parts = [text] if _NUMBER.fullmatch(text) else re.split("[ -]", text)
    longest = max(map(_letters, parts))
    return _LETTER * max(longest, min(_letters(text) / 2, _TEXT)) + _BESIDE


def _least_heading(name: str) -> float:
    return _LETTER * (len(name) + _wide(name)) + _BESIDE if _is_short(name) else _least(name)


def _is_short(name: str) -> bool:
    return len(name) + _wide(name) <= _SHORT


def _letters(text: str) -> int:
    """Its length in letters; an ideograph is as wide as two, and lines break at every one."""
    wide = _wide(text)
    return min(2 * wide, _TEXT // 2) + len(text) - wide


def _wide(text: str) -> int:
    return sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
