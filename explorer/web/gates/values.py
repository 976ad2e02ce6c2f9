"""Arrays of one reading, as the views need them."""

import numpy as np

from explorer.recurrence.reading import Reading
from explorer.recurrence.summary import half_life


def layer_values(reading: Reading, layer: int, quantity: str) -> np.ndarray:
    """One quantity of one layer, (T, H)."""
    values: np.ndarray = reading.trace[quantity].values[layer, 0, 0]
    return values


def half_lives(reading: Reading, layer: int) -> np.ndarray:
    """Steps after which half of what a unit held is left, (H,)."""
    return half_life(reading.trace).isel(layer=layer, direction=0).values.ravel()
