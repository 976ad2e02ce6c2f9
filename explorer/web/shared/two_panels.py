"""A unit over two texts or recordings: its values on one scale, and which unit differs most."""

import numpy as np

from explorer.figures.palette import GATES, reach
from explorer.web.components.two_texts import Panel
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.widgets import example
from explorer.web.shared.focus import Focus
from explorer.web.shared.gate_words import ends_of
from explorer.web.shared.layer_values import Traced, layer_values
from explorer.web.shared.parameters import UNIT_NUMBER
from explorer.web.shared.quantity_names import name_in


def panel(both: tuple[Traced, Traced], layer: int, quantity: str, unit: int) -> Panel:
    """The values of the unit in both; a line shows all of them, a colour only most."""
    one, two = (layer_values(of, layer, quantity)[:, unit] for of in both)
    values = np.concatenate([one, two])
    return Panel(
        title=name_in(str(both[0].trace.attrs["cell"]), quantity, unit),
        note=ends_of(quantity),
        values=(one.tolist(), two.tolist()),
        reach=max(reach(quantity, values), float(np.abs(values).max())),
        signed=quantity not in GATES,
    )


def offer_most_different(
    frame: Frame, both: tuple[Traced, Traced], focus: Focus, quantity: str
) -> None:
    """A click away: the unit that the two set farthest apart, unless it is looked at already."""
    unit = most_different(both, focus.layer, quantity)
    if unit != focus.unit:
        title = _("Show the unit that differs most: {unit}").format(unit=unit)
        example(frame, title, {UNIT_NUMBER: unit}, key="two.most")


def most_different(both: tuple[Traced, Traced], layer: int, quantity: str) -> int:
    """The unit whose values are farthest apart, on average over the steps that both have."""
    one, two = (layer_values(of, layer, quantity) for of in both)  # (T, H) each
    steps, units = np.minimum(one.shape, two.shape)
    apart: np.ndarray = np.abs(one[:steps, :units] - two[:steps, :units]).mean(0)  # (H,)
    return int(apart.argmax())
