"""The values of every unit in every quantity, layer and direction: a series a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import xarray as xr

from explorer.errors import ExplorerError

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Place:
    """Which unit of what: the labels of a series in a trace."""

    layer: int
    direction: str
    quantity: str
    unit: int


@dataclass(frozen=True)
class Axes:
    """Which series there are, S of them: by quantity, then layer, direction and unit.

    Attributes:
        layers: L.
        directions: "forward", and "backward" if there are two.
        sizes: Of each quantity how many units it has, by its name. They are as many, but for the
            hidden state of an LSTM that projects it.
    """

    layers: int
    directions: tuple[str, ...]
    sizes: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, trace: xr.Dataset, quantities: Sequence[str] | None = None) -> "Axes":
        """Those of a trace.

        Raises:
            ExplorerError: It has no such quantity.
        """
        held = {str(name): values.shape[-1] for name, values in trace.data_vars.items()}
        for name in quantities or ():
            if name not in held:
                raise ExplorerError(
                    "This trace has nothing called {quantity}; it has {names}.",
                    quantity=repr(name),
                    names=", ".join(held),
                )
        kept = held if quantities is None else {name: held[name] for name in quantities}
        directions = tuple(map(str, trace["direction"].values))
        return cls(trace.sizes["layer"], directions, tuple(kept.items()))

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The labels of each series, S of them."""
        return tuple(
            Place(layer, direction, quantity, unit)
            for quantity, size in self.sizes
            for layer in range(self.layers)
            for direction in self.directions
            for unit in range(size)
        )

    def numbered(self) -> Array:
        """Of each series its place in (layer, direction, quantity, unit), (S, 4)."""
        quantities = [name for name, _ in self.sizes]
        return np.array(
            [
                (
                    one.layer,
                    self.directions.index(one.direction),
                    quantities.index(one.quantity),
                    one.unit,
                )
                for one in self.places
            ]
        )

    def __len__(self) -> int:
        return len(self.places)

    def values(self, trace: xr.Dataset) -> Array:
        """The series of a trace of one sequence, (S, T)."""
        steps = int(trace["length"].values[0])
        rows = [
            trace[quantity].values[:, :, 0, :steps].swapaxes(2, 3).reshape(-1, steps)
            for quantity, _ in self.sizes
        ]
        return np.concatenate(rows)

    def laid_out(self, values: npt.ArrayLike, fill: object = None) -> Array:
        """Values of each series, (S, …), as (layer, direction, quantity, unit, …).

        Where a quantity has fewer units the ``fill`` stands, NaN or −1 unless given.
        """
        given = np.asarray(values)
        if fill is None:
            fill = -1 if given.dtype.kind == "i" else np.nan
        units = max(size for _, size in self.sizes)
        shape = (self.layers, len(self.directions), len(self.sizes), units, *given.shape[1:])
        whole = np.full(shape, fill, dtype=given.dtype)
        start = 0
        for number, (_, size) in enumerate(self.sizes):
            stop = start + size * self.layers * len(self.directions)
            part = given[start:stop].reshape(self.layers, len(self.directions), size, *shape[4:])
            whole[:, :, number, :size] = part
            start = stop
        return whole
