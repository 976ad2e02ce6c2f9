"""The first view: the text, and at its chosen step a unit with its cell and its equations."""

from collections.abc import Mapping

from streamlit.delta_generator import DeltaGenerator

from explorer.figures.equation import diagram, equations, in_convention
from explorer.web.components.cell import cell, equation
from explorer.web.components.step_caption import declared_caption, step_caption
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.presentation import presented
from explorer.web.pages.gates.equation import (
    choose_convention,
    convention_of,
    said_of_state,
    say_unchanged,
)
from explorer.web.pages.gates.selection import selects
from explorer.web.shared.cell import activations_of, cell_of
from explorer.web.shared.focus import Focus
from explorer.web.shared.models import pretrained
from explorer.web.shared.reading import Case, show_text_by_step
from explorer.web.shared.strip import explain_strip
from explorer.web.shared.unit_words import what
from explorer.web.shared.units.chosen_units import show_chosen
from explorer.web.shared.units.measured import measured
from explorer.web.shared.units.moving_units import declared_moved
from explorer.web.shared.units.unit_rows import open_unit

_TEXT, _CELL = 10, 7  # widths beside each other


def show_steps(frame: Frame, case: Case, place: DeltaGenerator) -> None:
    """Text, cell and equations on one screen, all at the chosen step; below them more units.

    Args:
        frame: The page's frame.
        case: What is shown.
        place: Above the controls of what is looked at.
    """
    reading, focus = case.reading, case.focus
    model = pretrained(case.text.model).model
    kind = model.architecture.cell
    convention = convention_of(frame, kind)
    unit = activations_of(model, reading, focus)
    shown = in_convention(unit, convention)
    widths = (_TEXT, 1.15 * _CELL) if presented() else (_TEXT, _CELL)
    left, right = place.columns(widths, gap="medium")
    caption = frame.address.key("convention.state")

    def follow(frame: Frame, now: Focus) -> Mapping[str, object]:
        said = said_of_state(kind, model=unit, shown=shown, step=now.step)
        return {**declared_moved(frame, reading, now), **declared_caption(said, key=caption)}

    with left:
        show_text_by_step(frame, case, selects, follow=follow)
    content = cell_of(
        reading,
        focus,
        shown,
        diagram=diagram(kind, convention),
        lines=equations(kind, convention),
        split=convention == "pytorch",
        note=_note(case),
    )
    key = frame.address.key("cell")
    with right:
        cell(content, key=key, on_open=lambda: open_unit(frame, focus.unit, focus.layer))
    with place:
        equation(of=key, key=frame.address.key("equation"))
    explain_strip(reading, focus)
    show_chosen(frame, case)
    choose_convention(frame, kind)
    step_caption(key=caption)
    say_unchanged()


def _note(case: Case) -> str:
    """What the chosen unit is known for."""
    known = measured(case.text.model)
    if known is None:
        return _("What it does was not measured")
    names = known.names_of(case.focus.layer, case.focus.unit)
    return what(names[0].label) if names else _("Follows none of the labels that were tested")
