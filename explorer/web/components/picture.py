"""A gate as a picture, units down and steps across, drawn without a charting library.

The first picture of a visit: a charting library takes a second to arrive.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import streamlit as st

from explorer.locale import Translate
from explorer.web.components.files import script, style


@dataclass(frozen=True)
class Picture:
    """What the picture shows, U units and T steps.

    Attributes:
        name: The name of the gate, in the reader's language.
        values: Its values, from 0 to 1, U rows of T.
        units: The number of the unit in each row.
        tokens: As the reader should see them, T of them.
        colour: The colour of 1, as a CSS hexadecimal colour.
        step: The step to mark first; it follows the strip from then on.
        unit: The unit to mark.
    """

    name: str
    values: Sequence[Sequence[float]]
    units: Sequence[int]
    tokens: Sequence[str]
    colour: str
    step: int
    unit: int


def picture(content: Picture, *, key: str, translate: Translate) -> None:
    """Draws the picture; a click chooses the step on the page's strip."""
    _ = translate
    labels = {"step": _("step"), "unit": _("unit")}
    _component(key=key, data={**asdict(content), "labels": labels})


_component = st.components.v2.component(
    "gatescope_picture",
    css=style("picture"),
    js=script("picture"),
)
