"""A text as a model reads it, above the views of it. Brings in torch, unlike the controls above."""

from collections.abc import Collection
from dataclasses import dataclass

import streamlit as st

from explorer.recurrence.reading import Reading
from explorer.unit_analysis.named_units import NamedUnit
from explorer.web.components.strip import Strip
from explorer.web.kit.fragments import Surroundings, run_alone
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.views import NEEDED
from explorer.web.shared.focus import Focus, choose_focus, telling_step
from explorer.web.shared.models import reading
from explorer.web.shared.reading_controls import Text
from explorer.web.shared.strip import (
    Follow,
    Selects,
    explain_strip,
    name_unknown,
    show_strip,
    strip_of,
)


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
    frame: Frame, case: Case, selects: Selects | None = None, *, also: Collection[str] = ()
) -> None:
    """The text, coloured, and how to read it; as `show_text_by_step`."""
    show_text_by_step(frame, case, selects, also=also)
    explain_strip(case.reading, case.focus)


def show_text_by_step(
    frame: Frame,
    case: Case,
    selects: Selects | None = None,
    *,
    follow: Follow | None = None,
    also: Collection[str] = (),
) -> None:
    """The text, coloured, what the model expects at every step, and what it does not know.

    Args:
        frame: The page's frame, in the part `NEEDED`.
        case: The text.
        selects: As of `show_strip`.
        follow: As of `show_strip`.
        also: As of `show_strip`.
    """
    show_strip(
        frame,
        _content(case.text),
        case.reading,
        case.focus,
        first_step=case.first_step,
        around=NEEDED,
        selects=selects,
        follow=follow,
        also=also,
    )
    name_unknown(case.reading)


def show_text_alone(frame: Frame, text: Text, **first: int) -> Case | None:
    """Both above views that are the same at every step and for every unit; as `choose_case`."""

    def draw(frame: Frame, page: Surroundings) -> Case:
        case = choose_case(frame, text, **first)
        page.depend_on(case.focus.layer, case.focus.quantity)
        show_text(frame, case)
        return case

    return run_alone(frame, draw, name=NEEDED)


@st.cache_resource(max_entries=64, show_spinner=False)
def _content(of: Text) -> Strip:
    """What the strip shows whatever the reader looks at."""
    return strip_of(reading(of.model, of.text))
