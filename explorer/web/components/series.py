"""Units over the characters of a text: a row each, every character with the unit's value.

Tokens and sentences reach the browser as data and enter the page as text, never as markup.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from explorer.saving.packing import packed
from explorer.web.kit.component import component
from explorer.web.kit.i18n import _


@dataclass(frozen=True)
class Row:
    """One unit over a stretch of text, T tokens.

    Attributes:
        title: What it is called, in the reader's language.
        note: A line on what it does.
        unit: Its number.
        layer: Its layer.
        tokens: As the reader should see them, T of them.
        word_ends: Whether a line may end with each token.
        values: The unit's value at each of them.
        reach: The value at full height or colour.
        colour: The colour of values above zero, as a CSS hexadecimal colour.
        negative: That of values below; None where there are none.
        marked: The first of the framed tokens, and the one behind the last.
    """

    title: str
    note: str
    unit: int
    layer: int
    tokens: Sequence[str]
    word_ends: Sequence[bool]
    values: Sequence[float]
    reach: float
    colour: str
    negative: str | None
    marked: tuple[int, int] = (0, 0)


def series(
    rows: Sequence[Row],
    *,
    key: str,
    on_open: Callable[[], None] | None = None,
    of_the_strip: bool = False,
) -> None:
    """Draws the rows.

    Args:
        rows: From top to bottom.
        key: The component's key; ``st.session_state[key]["open"]`` holds ``{unit, layer}`` when
            ``on_open`` runs.
        on_open: Called when the reader has chosen a unit; without it, titles are no buttons.
        of_the_strip: Whether the tokens are those of the page's strip: then values are bars over
            the characters, the chosen step is marked, and a click chooses one.
    """
    content = _content(rows, opens=on_open is not None, of_the_strip=of_the_strip)
    _component(key=key, data=content, on_open_change=on_open)


def series_by_step(*, key: str, on_open: Callable[[], None]) -> None:
    """The place of rows of the strip that are others at every step: what `declared_rows` declares.

    Args:
        key: As of `series`.
        on_open: As of `series`.
    """
    _component(key=key, data={"hears": _name(key)}, on_open_change=on_open)


def declared_rows(rows: Sequence[Row], *, key: str) -> Mapping[str, object]:
    """What is declared to the component of that key, drawn by `series_by_step`."""
    return {_name(key): _content(rows, opens=True, of_the_strip=True)}


def _name(key: str) -> str:
    return f"rows of {key}"


def _content(rows: Sequence[Row], *, opens: bool, of_the_strip: bool) -> Mapping[str, object]:
    texts = {tuple(row.tokens) for row in rows}
    return {
        "rows": [_sent(row, with_text=len(texts) > 1) for row in rows],
        **(_text(rows[0]) if len(texts) == 1 else {}),
        "opens": opens,
        "steps": of_the_strip,
        "open": _("Open this unit"),
    }


def _sent(row: Row, *, with_text: bool) -> dict[str, object]:
    """A row as the browser is sent it; a text that all rows have is sent once."""
    sent = {**vars(row), "values": packed(row.values, row.reach)}
    del sent["tokens"], sent["word_ends"]
    return sent | _text(row) if with_text else sent


def _text(row: Row) -> dict[str, object]:
    ends = [place for place, end in enumerate(row.word_ends) if end]
    return {"tokens": [*row.tokens], "ends": ends}


_component = component("series", beside=__file__, js=("series", "packed_values"))
