"""The text, coloured by the quantity in focus."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import streamlit as st

from explorer.figures.palette import NEGATIVE, colour_of, reach
from explorer.text.numbers import SENT
from explorer.text.tokens import visible
from explorer.text.vocabulary import UNKNOWN
from explorer.web.components.strip import Chosen, Colouring, Strip, likely, strip
from explorer.web.kit.declared import declared
from explorer.web.kit.fragments import Surroundings, run_alone, run_instead
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import plain
from explorer.web.shared.focus import Focus, chosen_step, name_of
from explorer.web.shared.layer_values import Traced, layer_values
from explorer.web.shared.parameters import MEAN
from explorer.web.shared.pick import picked

if TYPE_CHECKING:
    from explorer.recurrence.reading import Reading

#: The part of a page that follows the step.
STEP_PART = "step"
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


#: What is selected of a text of so many steps, and what happens when another stretch is.
Selects: TypeAlias = Callable[[Frame, int], Selecting]
#: What is done at every step; what it returns is declared to the page's components.
Follow: TypeAlias = Callable[[Frame, Focus], Mapping[str, object]]


def show_strip(
    frame: Frame,
    content: Strip,
    traced: Traced,
    focus: Focus,
    *,
    first_step: int,
    around: str,
    selects: Selects | None = None,
    follow: Follow | None = None,
    also: Collection[str] = (),
) -> None:
    """The strip in a part of its own: another step runs this part and nothing that stands around.

    Args:
        frame: The page's frame.
        content: What it shows of every step.
        traced: What it colours.
        focus: What the reader looks at.
        first_step: The step to begin with.
        around: The part of the page that runs where more than a step is chosen.
        selects: What is selected of it.
        follow: What else follows the step, in components that stand elsewhere.
        also: The parts of the page that follow the step, too.
    """
    steps, key = len(traced.tokens), frame.address.key("strip")

    def draw(frame: Frame, _page: Surroundings) -> None:
        now = replace(focus, step=chosen_step(frame, steps, first_step))
        selecting = selects(frame, steps) if selects else None
        strip(
            content,
            replace(chosen_of(now), selected=selecting.selected if selecting else None),
            key=key,
            on_pick=picked(frame, key, around=around, along=(STEP_PART, *also) if also else ()),
            on_select=_selected(key, selecting, around) if selecting else None,
            along=follow(frame, now) if follow else {},
        )

    with st.container(gap=None):
        colouring = colouring_of(traced, focus).declared()
        declared(key=frame.address.key("strip.colouring"), data=colouring)
        run_alone(frame, draw, name=STEP_PART)


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
        surprise=[None if math.isnan(bits) else round(bits, SENT) for bits in reading.surprise],
        guesses=likely(reading.guesses(_GUESSES), read_as),
    )


def chosen_of(focus: Focus) -> Chosen:
    """The place that is marked on the strip."""
    return Chosen(step=focus.step, unit=focus.unit, layer=focus.layer)


def colouring_of(traced: Traced, focus: Focus) -> Colouring:
    """What colours the strip."""
    series = _series(traced, focus)
    return Colouring(
        values=[round(float(value), SENT) for value in series],
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
