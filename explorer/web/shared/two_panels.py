"""One quantity of one unit over two texts or recordings, on one scale."""

import numpy as np

from explorer.figures.palette import GATES, reach
from explorer.web.components.two_texts import Panel
from explorer.web.shared.gate_words import ends_of
from explorer.web.shared.layer_values import Traced, layer_values
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
