"""A text as a model reads it, above the views of it. Brings in torch, unlike the controls above."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

import streamlit as st

from explorer.recurrence.reading import Reading
from explorer.unit_analysis.named_units import NamedUnit
from explorer.web.components.strip import Strip
from explorer.web.kit.fragments import Surroundings, run_alone
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.views import NEEDED
from explorer.web.shared.focus import Focus, choose_focus, chosen_step, telling_step
from explorer.web.shared.models import reading
from explorer.web.shared.reading_controls import Text
from explorer.web.shared.strip import (
    Selecting,
    colour_strip,
    explain_strip,
    show_strip,
    strip_of,
)

#: The part of a page that follows the step.
STEP_PART = "step"

#: What is selected of a text of so many steps, and what happens when another stretch is.
Selects: TypeAlias = Callable[[Frame, int], Selecting]


@dataclass(frozen=True)
class Case:
    """What the views of a text are given.

    Attributes:
        text: What is read, and by which model.
        reading: What the model makes of it.
        focus: What the reader looks at.
        first_step: The step to begin with.
    """

    text: Text
    reading: Reading
    focus: Focus
    first_step: int = 0

    def at_step(self, frame: Frame) -> "Case":
        """The same at the step that is chosen now."""
        step = chosen_step(frame, len(self.reading.tokens), self.first_step)
        return replace(self, focus=replace(self.focus, step=step))


#: What is done at every step of a text; what it returns is declared to the page's components.
Follow: TypeAlias = Callable[[Frame, Case], Mapping[str, object]]


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
    return Case(text, read, focus, first)


def show_text(
    frame: Frame, case: Case, selects: Selects | None = None, *, alone: bool = False
) -> None:
    """The text, coloured; a stretch can be selected if it is said what is then.

    Args:
        frame: The page's frame.
        case: The text.
        selects: What is selected of it.
        alone: Whether nothing else of the part `NEEDED` follows the step.
    """
    if alone:
        show_text_by_step(frame, case, selects)
    else:
        selecting = selects(frame, len(case.reading.tokens)) if selects else None
        show_strip(frame, case.reading, _content(case.text), case.focus, selecting)
    explain_strip(case.reading, case.focus)


def show_text_by_step(
    frame: Frame, case: Case, selects: Selects | None = None, *, follow: Follow | None = None
) -> None:
    """The text in a part of its own, within `NEEDED`: another step runs this part and nothing else.

    Args:
        frame: The page's frame.
        case: The text; its step is the one that is chosen when the part runs.
        selects: As of `show_text`.
        follow: What else follows the step.
    """

    def draw(frame: Frame, _page: Surroundings) -> None:
        now = case.at_step(frame)
        selecting = selects(frame, len(now.reading.tokens)) if selects else None
        content, along = _content(now.text), follow(frame, now) if follow else {}
        show_strip(frame, now.reading, content, now.focus, selecting, around=NEEDED, along=along)

    with st.container(gap=None):
        colour_strip(frame, case.reading, case.focus)
        run_alone(frame, draw, name=STEP_PART)


def show_text_alone(frame: Frame, text: Text, **first: int) -> Case | None:
    """Both above views that are the same at every step and for every unit; as `choose_case`."""

    def draw(frame: Frame, page: Surroundings) -> Case:
        case = choose_case(frame, text, **first)
        page.depend_on(case.focus.layer, case.focus.quantity)
        show_text(frame, case, alone=True)
        return case

    return run_alone(frame, draw, name=NEEDED)


@st.cache_resource(max_entries=64, show_spinner=False)
def _content(of: Text) -> Strip:
    """What the strip shows whatever the reader looks at."""
    return strip_of(reading(of.model, of.text))
