"""What was measured of a model's units, as the pages ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from explorer.recurrence.quantities import QUANTITIES, RETAINING
from explorer.unit_analysis import shipped
from explorer.unit_analysis.named_units import NamedUnit

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Measured:
    """What was measured of a model's units.

    Attributes:
        found: As ``explorer.units`` found it.
        named: The units that have a name, the surest first.
    """

    found: xr.Dataset
    named: tuple[NamedUnit, ...]

    @cached_property
    def binary(self) -> frozenset[str]:
        """The labels that are a yes or no."""
        labels, binary = self.found["label"].values, self.found["binary"].values
        return frozenset(str(label) for label, yes in zip(labels, binary, strict=True) if yes)

    def names_of(self, layer: int, unit: int) -> tuple[NamedUnit, ...]:
        """What one unit is known for, the surest first."""
        return tuple(one for one in self.named if (one.layer, one.unit) == (layer, unit))

    def chosen(self, count: int, layer: int | None = None) -> tuple[NamedUnit, ...]:
        """So many units that have a name, each once: the surest of every label come first.

        Args:
            count: At most so many.
            layer: Those of this layer alone, if one is given.
        """
        of_layer = [one for one in self.named if layer in (None, one.layer)]
        first = {(one.layer, one.unit): one for one in reversed(of_layer)}
        surest = sorted(first.values(), key=self.named.index)
        labels = [one.label for one in surest]
        before = {one: labels[:place].count(one.label) for place, one in enumerate(surest)}
        return tuple(sorted(surest, key=before.__getitem__)[:count])

    def value(self, name: str, *, layer: int, unit: int, quantity: str) -> Any:
        """One number of one quantity of one unit, or a row of them."""
        return self._arrays[name][layer, 0, self._quantities.index(quantity), unit]

    @cached_property
    def _quantities(self) -> tuple[str, ...]:
        return tuple(self.found["quantity"].values.tolist())

    @cached_property
    def _arrays(self) -> dict[str, NDArray[Any]]:
        """What ``found`` has, by name: xarray takes a millisecond to give an array out."""
        return {str(name): found.values for name, found in self.found.data_vars.items()}

    def of(self, layer: int, unit: int, quantity: str) -> xr.Dataset:
        """What was measured of one quantity of one unit."""
        return self.found.sel(quantity=quantity).isel(layer=layer, direction=0, unit=unit)


#: By model and part: what is looked up of it is looked up once.
_kept: dict[tuple[str, str], Measured] = {}


def measured(model: str, part: str = "decoder") -> Measured | None:
    """What was measured of a shipped model, or of a translation model's part; None if nothing was.

    Raises:
        ExplorerError: Its file is damaged.
    """
    found = shipped.summary(model, part)
    if found is None:
        return None
    kept = _kept.get((model, part))
    if kept is None or kept.found is not found:  # the file is another by now
        kept = _kept[model, part] = Measured(found, shipped.named(model, part))
    return kept


def state_of(cell: str) -> str:
    """The quantity in which a cell keeps what it remembers."""
    return "memory" if RETAINING.get(cell) == "forget" else QUANTITIES[cell][-1]
