"""Text fields. A text is measured before anything reads it; one that is refused stays in its field.

Streamlit's own limit, ``max_chars``, throws away what is pasted beyond it.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.errors import ExplorerError
from explorer.locale import paragraph
from explorer.text.limits import (
    check_length,
    check_some_characters,
    check_tokens,
)
from explorer.text.words import Language, tokenise
from explorer.web.kit.count import count
from explorer.web.kit.errors import sentence
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import plain
from explorer.web.kit.parameters import Text

T = TypeVar("T")

_SHOWN = 60


def type_text(
    frame: Frame,
    label: str,
    parameter: Text,
    *,
    read: Callable[[str], T],
    area: bool = False,
    counted: bool = False,
    errors: DeltaGenerator | None = None,
    **look: Any,
) -> T:
    """A text field, and what its text says; of one that is refused, what the last good one said.

    Args:
        frame: The page's frame.
        label: Above the field, in the reader's language.
        parameter: The text; when the reader has typed another that can be read, what is of it goes
            back to its default.
        read: Makes something of a text that is not too long.
        area: Whether there is room for several lines.
        counted: Whether its characters are counted from the first on, not only if there are too
            many.
        errors: Where to say why a text is refused, instead of below the field.
        look: What streamlit's field takes besides.

    Raises:
        ExplorerError: The text is refused and there is none to fall back on.
    """
    key, most, default = frame.address.take(parameter), parameter.most, parameter.default

    def act() -> None:
        if key not in st.session_state:  # taken back by a control that moved in the same run
            return
        with suppress(ExplorerError):
            read_text(st.session_state[key], read, most)
            frame.address.changed(parameter)

    with st.container(gap="xsmall", width=look.get("width", "stretch")):
        text = (st.text_area if area else st.text_input)(label, key=key, on_change=act, **look)
        if counted or len(text) > most:
            count(key, length=len(text), most=most)
        try:
            value = read_text(text, read, most)
        except ExplorerError as error:
            kept = _kept(key, default)
            value = _read_instead(kept, read, most, error)
            said = paragraph(sentence(error), _say_kept(kept))
            (errors or st).error(said, icon=":material/error:")
        else:
            st.session_state[_good(key)] = (default, text)
    return value


def words_of(language: Language) -> Callable[[str], str]:
    """Reads a text that a translation model is given: it may not have too many words and marks."""

    def read(text: str) -> str:
        check_tokens(tokenise(text, language))
        return text

    return read


def some_characters(text: str) -> str:
    """Reads a text of characters: it has at least one."""
    check_some_characters(text)
    return text


def read_text(text: str, read: Callable[[str], T], most: int) -> T:
    """What a text says.

    Raises:
        ExplorerError: It is too long, or ``read`` refuses it.
    """
    check_length(text, most)
    return read(text)


def _kept(key: str, default: str) -> str:
    """The last good text; where another default belongs here now, it was good of something else."""
    of, text = st.session_state.get(_good(key), (default, default))
    return str(text) if of == default else default


def _read_instead(text: str, read: Callable[[str], T], most: int, error: ExplorerError) -> T:
    try:
        return read_text(text, read, most)
    except ExplorerError:
        raise error from None


def _say_kept(text: str) -> str:
    """What the page shows instead of a text that is refused."""
    if not text.strip():
        return _("The page continues as if the field were empty.")
    some = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return _("The page continues with: {text}").format(text=plain(some))


def _good(key: str) -> str:
    return f"{key}.good"
