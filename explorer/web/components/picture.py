"""A quantity as a picture, units down and steps across, drawn without a charting library.

The first picture of a visit, since a charting library takes a second to arrive; and pictures that
change while the reader drags something, since it takes long to draw them.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from explorer.web.kit.component import component
from explorer.web.kit.i18n import _


@dataclass(frozen=True)
class Picture:
    """What the picture shows, U units and T steps; the strip says which step and unit are marked.

    Attributes:
        name: The name of the quantity, in the reader's language.
        values: Its values, U rows of T, packed (``explorer.saving.packing``).
        units: The number of the unit in each row.
        tokens: As the reader should see them, T of them.
        colour: The colour of 1, as a CSS hexadecimal colour.
        reach: The value at full colour.
        negative: The colour of minus that; values below zero are not shown where there is none.
        choose_unit: Whether a click chooses the unit too, not only the step.
    """

    name: str
    values: str
    units: Sequence[int]
    tokens: Sequence[str]
    colour: str
    reach: float = 1.0
    negative: str | None = None
    choose_unit: bool = False


def picture(content: Picture, *, key: str) -> None:
    """Draws the picture; a click chooses the step on the page's strip."""
    labels = {"step": _("step"), "unit": _("unit"), "value": _("{name}: {value}")}
    _component(key=key, data={**asdict(content), "labels": labels})


_component = component("picture", beside=__file__, js=("picture", "packed_values"))
