"""The book's table with the reader's own probabilities, and the fields that change them.

In the address a table is ``.5_.2_.2_.1~.1_.4_.3_.2~…``: a row of probabilities for every time step,
those of the branch after A C last; the book's own is not written at all.
"""

from collections.abc import Sequence
from itertools import islice

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.decoding.adapters.table import BOOK, Row, Table
from explorer.errors import ExplorerError
from explorer.locale import paragraph
from explorer.text.numbers import read_decimal
from explorer.web.kit.errors import sentence
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import plain
from explorer.web.kit.presentation import folded
from explorer.web.pages.search.parameters import TABLE_VALUES, THE_BOOKS

_BETWEEN, _ROWS_BETWEEN = "_", "~"
_NEAR = 1e-6
_NAME, _WIDE = 52, 90
"""Pixels: of a token's name, and of a field where there is room; on a phone fields are narrower."""


def read_table(text: str) -> Table:
    """The table that the address writes like this.

    Raises:
        ValueError: It is none of the shape of the book's.
        ExplorerError: The probabilities of a step do not sum to one.
    """
    rows = iter(numbers(text))
    first = tuple(islice(rows, len(BOOK.rows)))
    branches = {at: tuple(islice(rows, len(of))) for at, of in BOOK.branches.items()}
    return Table(BOOK.tokens, first, branches)


def edit_table(frame: Frame) -> str:
    """The fields; returns the table that is searched: the last whose steps all sum to one."""
    text = frame.address.value(TABLE_VALUES)
    good = frame.address.key("table.good")
    rows = numbers(text)
    with folded(_("The table: change its probabilities"), ":material/table:", expanded=bool(text)):
        _show_fields(frame, rows)
        st.button(
            _("Restore the book's probabilities"),
            icon=":material/undo:",
            disabled=not text,
            on_click=frame.address.take_back,
            args=(TABLE_VALUES,),
        )
    try:
        read_table(text)
    except ExplorerError as error:
        kept = _("These trees still show the previous table.")
        st.error(paragraph(sentence(error), kept), icon=":material/error:")
        return str(st.session_state.get(good, THE_BOOKS))
    st.session_state[good] = text
    return text


def _show_fields(frame: Frame, rows: Sequence[Row]) -> None:
    """A field a probability, time steps across and tokens down, as in the book's figures."""
    branches = [(at, len(of)) for at, of in BOOK.branches.items()]
    begin = 0
    columns = st.columns([len(BOOK.rows) + 1, *(count + 1 for _at, count in branches)])
    for column, (at, count) in zip(columns, [((), len(BOOK.rows)), *branches], strict=True):
        with column:
            words = plain(" ".join(at))
            st.markdown(_("After {words}").format(words=words) if at else _("At each time step"))
            _show_block(frame, rows, range(begin, begin + count), first=len(at) + 1)
        begin += count


def _show_block(frame: Frame, rows: Sequence[Row], places: range, *, first: int) -> None:
    with _line(places):
        st.caption(_("step"), width=_NAME)
        for step, _row in enumerate(places, first):
            st.caption(str(step), width="stretch")
    for number, token in enumerate(BOOK.tokens):
        with _line(places):
            st.text(token, width=_NAME)
            for step, place in enumerate(places, first):
                _ask(frame, rows, (place, number), token=token, step=step)
    with _line(places):
        st.caption(_("sum"), width=_NAME)
        for place in places:
            st.markdown(_sum(sum(rows[place])), width="stretch")


def _line(places: range) -> DeltaGenerator:
    return st.container(
        horizontal=True,
        gap="xsmall",
        vertical_alignment="center",
        wrap=False,
        width=_NAME + len(places) * _WIDE,
    )


def _ask(
    frame: Frame, rows: Sequence[Row], place: tuple[int, int], *, token: str, step: int
) -> None:
    row, number = place
    key = frame.address.key(f"table.{row}.{number}")
    st.session_state[key] = rows[row][number]
    st.number_input(
        _label(row).format(token=token, step=step),
        0.0,
        1.0,
        step=0.05,
        format="%g",
        key=key,
        on_change=_change,
        args=(frame, rows, place, key),
        label_visibility="collapsed",
    )


def _label(row: int) -> str:
    if row < len(BOOK.rows):
        return _("probability of {token} at step {step}")
    return _("probability of {token} at step {step} after A C")


def _change(frame: Frame, rows: Sequence[Row], place: tuple[int, int], key: str) -> None:
    """The callback of a field: the whole table is one value of the address."""
    changed = [list(row) for row in rows]
    changed[place[0]][place[1]] = float(st.session_state[key])
    text = _written(changed)
    frame.address.put({TABLE_VALUES: THE_BOOKS if text == _written(_book()) else text})


def _sum(total: float) -> str:
    return f"{total:.4g}" if abs(total - 1) <= _NEAR else f":red[**{total:.4g}**]"


def _book() -> tuple[Row, ...]:
    """The rows of the book's table, and then those of its branches."""
    return BOOK.rows + sum(BOOK.branches.values(), ())


def _written(rows: Sequence[Sequence[float]]) -> str:
    short = [[f"{chance:.6g}".removeprefix("0") or "0" for chance in row] for row in rows]
    return _ROWS_BETWEEN.join(_BETWEEN.join(row) for row in short)


def numbers(text: str) -> tuple[Row, ...]:
    """The probabilities in a text, as many as the book's table has.

    Raises:
        ValueError: They are other numbers, or no probabilities.
    """
    if text == THE_BOOKS:
        return _book()
    parts = [row.split(_BETWEEN) for row in text.split(_ROWS_BETWEEN)]
    if [len(row) for row in parts] != [len(row) for row in _book()]:
        raise ValueError(text)
    rows = tuple(tuple(read_decimal(part) for part in row) for row in parts)
    if not all(0 <= chance <= 1 for row in rows for chance in row):
        raise ValueError(text)
    return rows
