"""The text, coloured by the quantity in focus."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from explorer.figures.palette import NEGATIVE, colour_of, reach
from explorer.text.tokens import visible
from explorer.text.vocabulary import UNKNOWN
from explorer.web.components.strip import Chosen, Colouring, Strip, likely, strip
from explorer.web.kit.declared import declared
from explorer.web.kit.fragments import run_instead
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import plain
from explorer.web.shared.focus import Focus, name_of
from explorer.web.shared.layer_values import Traced, layer_values
from explorer.web.shared.parameters import MEAN
from explorer.web.shared.pick import picked

if TYPE_CHECKING:
    from explorer.recurrence.reading import Reading

#: How many of the likeliest next tokens are shown.
_GUESSES = 5


@dataclass(frozen=True)
class Selecting:
    """That a stretch of the strip can be selected.

    Attributes:
        selected: The first step of the stretch that is, and the last; None while none is.
        select: Called with both when the reader has selected another.
    """

    selected: tuple[int, int] | None
    select: Callable[[int, int], None]


def show_strip(
    frame: Frame,
    reading: Reading,
    content: Strip,
    focus: Focus,
    selecting: Selecting | None = None,
    *,
    around: str = "",
    along: Mapping[str, object] | None = None,
) -> None:
    """The text, what the model expects at every step, and what it does not know.

    Args:
        frame: The page's frame.
        reading: Of the text.
        content: From :func:`strip_of`.
        focus: What the reader looks at.
        selecting: If a stretch can be selected, which one is.
        around: The part of the page that runs where more than a step is chosen, if the strip
            stands in a part of its own.
        along: What is declared with the choice: what colours the strip, if nothing else is given.
    """
    key = frame.address.key("strip")
    chosen = chosen_of(focus)
    if selecting:
        chosen = replace(chosen, selected=selecting.selected)
    strip(
        content,
        chosen,
        key=key,
        on_pick=picked(frame, key, around=around),
        on_select=_selected(key, selecting, around) if selecting else None,
        along=colouring_of(reading, focus).declared() if along is None else along,
    )
    name_unknown(reading)


def colour_strip(frame: Frame, reading: Reading, focus: Focus) -> None:
    """Colours a strip that stands in a part of its own, and is the same at every step."""
    declared(key=frame.address.key("strip.colouring"), data=colouring_of(reading, focus).declared())


def explain_strip(reading: Reading, focus: Focus) -> None:
    """How to read the strip."""
    said = (
        _(
            "The stronger the colour, the larger the value; it is full at {reach}. The bar "
            "under a character is the model's surprise at it; the small character below is "
            "its best guess for the next one."
        )
        if reading.vocabulary.by_character
        else _(
            "The stronger the colour, the larger the value; it is full at {reach}. The bar "
            "under a token is the model's surprise at it; the small token below is its best "
            "guess for the next one."
        )
    )
    st.caption(said.format(reach=f"{reach(focus.quantity, _series(reading, focus)):.2g}"))


def _selected(key: str, selecting: Selecting, around: str) -> Callable[[], None]:
    def select() -> None:
        stretch = st.session_state[key]["select"]
        selecting.select(int(stretch["first"]), int(stretch["last"]))
        if around:
            run_instead(around)

    return select


def strip_of(reading: Reading) -> Strip:
    """What the strip shows of a reading, whatever the reader looks at."""
    by_character = reading.vocabulary.by_character
    own = reading.vocabulary.tokenisation
    unknown = own.unknown if own else UNKNOWN
    read_as = [t if k else str(unknown) for t, k in zip(reading.tokens, reading.known, strict=True)]
    return Strip(
        tokens=[visible(token) for token in reading.tokens],
        word_ends=[token.isspace() or not by_character for token in reading.tokens],
        blanks=[token.isspace() for token in reading.tokens],
        line_ends=[token == "\n" for token in reading.tokens],
        known=list(reading.known),
        surprise=[None if math.isnan(bits) else round(bits, 2) for bits in reading.surprise],
        guesses=likely(reading.guesses(_GUESSES), read_as),
    )


def chosen_of(focus: Focus) -> Chosen:
    """The place that is marked on the strip."""
    return Chosen(step=focus.step, unit=focus.unit, layer=focus.layer)


def colouring_of(traced: Traced, focus: Focus) -> Colouring:
    """What colours the strip."""
    series = _series(traced, focus)
    return Colouring(
        values=[round(float(value), 3) for value in series],
        reach=reach(focus.quantity, series),
        colour=colour_of(focus.quantity),
        negative=NEGATIVE,
        name=name_of(focus, str(traced.trace.attrs["cell"])),
    )


def _series(traced: Traced, focus: Focus) -> np.ndarray:
    """The quantity in focus over the text, (T,)."""
    values = layer_values(traced, focus.layer, focus.quantity)  # (T, H)
    series: np.ndarray = values.mean(1) if focus.over == MEAN else values[:, focus.unit]
    return series


def name_unknown(reading: Reading) -> None:
    """Says which characters of a text the model has never seen."""
    unknown = reading.vocabulary.unknown(reading.tokens)
    if unknown:
        st.info(
            _("Not in the model's vocabulary, read as unknown: {tokens}").format(
                tokens=plain("  ".join(visible(token) for token in unknown))
            ),
            icon=":material/info:",
        )
