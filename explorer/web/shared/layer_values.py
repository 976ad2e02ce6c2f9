"""Arrays of one trace, as the views need them."""

from typing import Protocol

import numpy as np
import xarray as xr

from explorer.recurrence.quantities import RETAINING
from explorer.recurrence.summary import half_life


class Traced(Protocol):
    """Tokens and what a network did at each of them: a reading, or a translation."""

    @property
    def tokens(self) -> tuple[str, ...]:
        """One a step, T of them."""
        ...

    @property
    def trace(self) -> xr.Dataset:
        """Every gate and state, as from :func:`explorer.trace`, batch 1."""
        ...


def layer_values(traced: Traced, layer: int, quantity: str) -> np.ndarray:
    """One quantity of one layer, (T, H)."""
    values: np.ndarray = traced.trace[quantity].values[layer, 0, 0]
    return values


def has_half_lives(traced: Traced) -> bool:
    """Whether it has the gate that says which share of its value a unit keeps."""
    return RETAINING.get(str(traced.trace.attrs["cell"])) in traced.trace


def half_lives(traced: Traced, layer: int) -> np.ndarray:
    """Steps after which half of what a unit held is left, (H,)."""
    return half_life(traced.trace).isel(layer=layer, direction=0).values.ravel()
