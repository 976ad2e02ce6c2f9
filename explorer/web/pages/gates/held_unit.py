"""A unit of the text, and one click to what becomes of the text when it is held at its mean."""

from explorer.recurrence.intervention import Intervention
from explorer.web.kit.frame import Frame
from explorer.web.kit.widgets import example
from explorer.web.pages.gates.changes import Changes
from explorer.web.pages.gates.parameters import CHANGE, SHOW
from explorer.web.shared.reading import Case
from explorer.web.shared.units import unit_view


def show_unit(frame: Frame, case: Case) -> None:
    """A unit's view."""
    unit_view.show_unit(frame, case, offer=_offer)


def _offer(frame: Frame, _case: Case, held: Intervention, title: str) -> None:
    example(frame, title, {SHOW: "what-if", CHANGE: Changes((held,))}, key="unit.hold")
