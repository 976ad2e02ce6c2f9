"""A text as a model reads it, above the views of it. Brings in torch, unlike the controls above."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import streamlit as st

from explorer.recurrence.reading import Reading
from explorer.unit_analysis.named_units import NamedUnit
from explorer.web.components.strip import Strip
from explorer.web.kit.fragments import Surroundings, run_alone
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.shared.focus import Focus, choose_focus, telling_step
from explorer.web.shared.models import reading
from explorer.web.shared.reading_controls import Text
from explorer.web.shared.strip import Selecting, explain_strip, show_strip, strip_of

#: What is selected of a text of so many steps, and what happens when another stretch is.
Selects: TypeAlias = Callable[[Frame, int], Selecting]


@dataclass(frozen=True)
class Case:
    """What the views of a text are given.

    Attributes:
        text: What is read, and by which model.
        reading: What the model makes of it.
        focus: What the reader looks at.
    """

    text: Text
    reading: Reading
    focus: Focus


def choose_case(
    frame: Frame,
    text: Text,
    first_unit: NamedUnit | None = None,
    /,
    *,
    first_step: int | None = None,
    first_layer: int = 0,
) -> Case:
    """What colours the text, and what the model makes of it.

    Args:
        frame: The page's frame.
        text: What is read, and by which model.
        first_unit: The unit to begin with, where it is not the one that varies most.
        first_step: The step to begin with, where it is not the one that tells most.
        first_layer: The layer to begin with.

    Raises:
        ExplorerError: The text is empty, or the model's files are missing or damaged.
    """
    with st.spinner(_("Reading the text …")):
        read = reading(text.model, text.text)
    first = telling_step(read.tokens) if first_step is None else first_step
    focus = choose_focus(
        frame, read.trace, first_step=first, first_layer=first_layer, first_unit=first_unit
    )
    return Case(text, read, focus)


def show_text(
    frame: Frame, case: Case, selects: Selects | None = None, *, explained: bool = True
) -> None:
    """The text, coloured; a stretch can be selected if it is said what is then."""
    selecting = selects(frame, len(case.reading.tokens)) if selects else None
    show_strip(frame, case.reading, _content(case.text), case.focus, selecting)
    if explained:
        explain_strip(case.reading, case.focus)


def show_text_alone(frame: Frame, text: Text, **first: int) -> Case | None:
    """Both above views that are the same at every step and for every unit; as `choose_case`."""

    def draw(frame: Frame, page: Surroundings) -> Case:
        case = choose_case(frame, text, **first)
        page.depend_on(case.focus.layer, case.focus.quantity)
        show_text(frame, case)
        return case

    return run_alone(frame, draw)


@st.cache_resource(max_entries=64, show_spinner=False)
def _content(of: Text) -> Strip:
    """What the strip shows whatever the reader looks at."""
    return strip_of(reading(of.model, of.text))
