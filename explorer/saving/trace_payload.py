"""What the browser is sent to draw a trace: its tokens, and some of its units in every quantity.

Tokens reach the browser as data and enter the page as text, never as markup.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from explorer.errors import ExplorerError
from explorer.figures.palette import COLOURS, GATES, NEGATIVE, NEUTRAL, reach
from explorer.locale import N_, Translate
from explorer.saving.packing import packed
from explorer.saving.strip_words import strip_labels
from explorer.text.tokens import visible

if TYPE_CHECKING:
    import xarray as xr

MOST_STEPS = 300
MOST_UNITS = 64
UNITS = 32
"""How many units are drawn where none are named."""


@dataclass(frozen=True)
class Quantity:
    """One quantity of the drawn units, or how far two traces are apart in it.

    Attributes:
        name: The book's name, as the trace has it.
        called: What the book calls it, in the reader's language.
        title: What the values are: it, or a difference.
        values: (U, T).
        beside: Those of the first trace and of the second, (2, U, T), where two are compared.
    """

    name: str
    called: str
    title: str
    values: NDArray[np.float64]
    beside: NDArray[np.float64] | None = None

    @property
    def is_gate(self) -> bool:
        """Whether it is a gate, between 0 and 1, and no difference of two."""
        return self.name in GATES and self.beside is None

    @property
    def colour(self) -> str:
        """Of values above zero."""
        return COLOURS.get(self.name, NEUTRAL)

    @property
    def negative(self) -> str | None:
        """The colour of values below zero; None of a gate, which has none."""
        return None if self.is_gate else NEGATIVE

    @property
    def span(self) -> str:
        """From the value at full colour to that of none, or of the other colour."""
        most = f"{self.reach:.2g}"
        return f"0…{most}" if self.negative is None else f"−{most}…{most}"

    @property
    def reach(self) -> float:
        """The value at full colour."""
        return 1.0 if self.beside is not None else reach(self.name, self.values)


@dataclass(frozen=True)
class Drawn:
    """What is drawn of a trace: T tokens, U units of one layer, direction and sequence.

    Attributes:
        title: What it is called.
        cell: The kind of cell, as the trace names it.
        tokens: As the reader should see them, T of them.
        units: Their numbers, rising, U of them.
        quantities: The first of them colours the tokens.
        place: Of which layer, direction and sequence, and what is left out, as sentences.
    """

    title: str
    cell: str
    tokens: Sequence[str]
    units: Sequence[int]
    quantities: Sequence[Quantity]
    place: str

    @property
    def first(self) -> Quantity:
        """The first gate; of a cell without one its state."""
        return next((each for each in self.quantities if each.name in GATES), self.quantities[-1])

    @property
    def unit(self) -> int:
        """The place of the unit that varies most in it among the units."""
        return int(self.first.values.std(1).argmax())


def drawn(
    trace: "xr.Dataset",
    _: Translate,
    *,
    beside: "xr.Dataset | None" = None,
    units: Sequence[int] | None = None,
    title: str = "",
) -> Drawn:
    """What is drawn of a trace, or of the difference to a second one.

    Of several layers, directions and sequences the first are drawn: select others beforehand.

    Args:
        trace: As ``explorer.trace`` gives it, or a part of one that still has steps and units.
        _: The reader's language.
        beside: A second trace with as many steps and the same units, whose values less those of
            the first are drawn.
        units: The numbers of the units; those that vary most if none are given.
        title: What it is called; the cell's name if empty.

    Raises:
        ExplorerError: There are no steps, no units, or not these; the two do not fit together.
    """
    one = _flat(trace)
    other = None if beside is None else _flat(beside)
    if other is not None:
        _check_alike(one, other)
    numbers = _numbers(one, units, other)
    part = one.sel(unit=numbers)
    second = None if other is None else other.sel(unit=numbers)
    names = [name for name in map(str, part.data_vars) if second is None or name in second]
    return Drawn(
        title=title or str(trace.attrs.get("cell", "")).upper() or _("Trace"),
        cell=str(trace.attrs.get("cell", "")),
        tokens=_tokens(part),
        units=[int(number) for number in part["unit"].values],
        quantities=[_quantity(name, part, second, _) for name in names],
        place=_place(trace, one, len(numbers), _),
    )


def trace_payload(panels: Sequence[Drawn], _: Translate) -> dict[str, Any]:
    """What the browser is sent, plain values for JSON.

    Args:
        panels: One is shown at a time.
        _: The reader's language.
    """
    return {
        "panels": [_panel(panel) for panel in panels],
        "labels": {
            "strip": {**strip_labels(_), "reads": ""},
            "picture": {"step": _("step"), "unit": _("unit"), "value": _("{name}: {value}")},
            "panel": _("Trace"),
            "colour": _("Colour of the tokens"),
            "unit": _("Unit"),
            "mean": _("mean of the units shown"),
            "first": _("first"),
            "second": _("second"),
            "hint": _("Click a heatmap to choose a step and a unit."),
        },
    }


def _panel(panel: Drawn) -> dict[str, Any]:
    return {
        "title": panel.title,
        "place": panel.place,
        "tokens": list(panel.tokens),
        "blanks": [token in _BLANKS for token in panel.tokens],
        "units": list(panel.units),
        "unit": panel.unit,
        "focus": list(panel.quantities).index(panel.first),
        "quantities": [_sent(each) for each in panel.quantities],
    }


_BLANKS = frozenset(map(visible, " \n\t"))


def _sent(each: Quantity) -> dict[str, Any]:
    of_both = 1.0 if each.name in GATES else reach(each.name, _stack(each))
    return {
        "called": each.called,
        "title": each.title,
        "values": packed(each.values, each.reach),
        "reach": each.reach,
        "colour": each.colour,
        "negative": each.negative,
        "below": None if each.name in GATES else NEGATIVE,
        "beside": [] if each.beside is None else [packed(one, of_both) for one in each.beside],
        "reach_beside": of_both,
    }


def _stack(each: Quantity) -> NDArray[np.float64]:
    return each.values if each.beside is None else each.beside


def _flat(trace: "xr.Dataset") -> "xr.Dataset":
    """Steps and units alone: of all other dimensions the first, without padding."""
    found = trace
    if "unit" not in found.dims and "unit" in found.coords:
        found = found.expand_dims("unit")
    names = [name for name, values in found.data_vars.items() if {"step", "unit"} <= {*values.dims}]
    found = found[names]
    if not names or not all(found.sizes[dim] for dim in found.dims):
        raise ExplorerError(
            "There is nothing to draw: a trace needs at least one step and one unit."
        )
    found = found.isel({dim: 0 for dim in found.dims if dim not in ("step", "unit")})
    if "length" in found.coords:
        found = found.isel(step=found["step"].values < int(found["length"]))
    return found.isel(step=slice(MOST_STEPS)).transpose("unit", "step").fillna(0.0)


def _check_alike(one: "xr.Dataset", other: "xr.Dataset") -> None:
    if one.sizes != other.sizes or not set(one.data_vars) & set(other.data_vars):
        raise ExplorerError(
            "These two traces cannot be compared: they need as many steps and units, and a "
            "quantity that both have."
        )


def _numbers(
    trace: "xr.Dataset", units: Sequence[int] | None, other: "xr.Dataset | None"
) -> NDArray[np.int64]:
    """The units to draw, rising: those asked for, or those that vary most."""
    known = trace["unit"].values
    if units is not None:
        strangers = sorted(set(units) - {*known.tolist()})
        if strangers or not 1 <= len(set(units)) <= MOST_UNITS:
            raise ExplorerError(
                "Name from 1 to {most} units of this trace, which has {first} to {last}.",
                most=MOST_UNITS,
                first=int(known.min()),
                last=int(known.max()),
            )
        return np.array(sorted(set(units)))
    moved = trace if other is None else other - trace
    spread = sum(values.astype(float).std("step") for values in moved.data_vars.values())
    order = np.argsort(-np.asarray(spread), kind="stable")[:UNITS]
    return np.sort(known[order])


def _quantity(name: str, part: "xr.Dataset", second: "xr.Dataset | None", _: Translate) -> Quantity:
    values = part[name].values.astype(float)
    called = _(str(part[name].attrs.get("long_name", name)))
    if second is None:
        return Quantity(name, called, called, values)
    other = second[name].values.astype(float)
    said = _("{quantity}: second less first").format(quantity=called)
    return Quantity(name, called, said, other - values, np.stack([values, other]))


def _tokens(part: "xr.Dataset") -> list[str]:
    """What stands at each step, its number where nothing does."""
    if "token" not in part.coords or part["token"].dims != ("step",):
        return [str(step) for step in part["step"].values]
    return [visible(str(token)) or "∅" for token in part["token"].values]


def _place(trace: "xr.Dataset", one: "xr.Dataset", units: int, _: Translate) -> str:
    """Which part of the trace is drawn, where it is not the whole."""
    said = []
    for dim in trace.dims:
        if dim not in ("step", "unit") and trace.sizes[dim] > 1:
            label = one[dim].item() if dim in one.coords else 0
            said.append(f"{_(_DIMS.get(str(dim), str(dim)))} {label}")
    steps = trace.sizes.get("step", 1)
    if one.sizes["step"] == MOST_STEPS < steps:
        said.append(_("the first {shown} of {all} steps").format(shown=MOST_STEPS, all=steps))
    if units < one.sizes["unit"]:
        said.append(_("{shown} of {all} units").format(shown=units, all=one.sizes["unit"]))
    return " · ".join(said)


_DIMS = {"layer": N_("layer"), "direction": N_("direction"), "batch": N_("sequence")}
