"""What a reader looks at on a gate page: a quantity, a unit, a step, a view; all in the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from explorer.locale import N_
from explorer.models.card import Card
from explorer.recurrence.quantities import QUANTITIES
from explorer.web.kit.choice import choose, chosen
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.shared.quantity_names import quantity_names

if TYPE_CHECKING:
    import xarray as xr

MEAN, UNIT = "mean", "unit"
ORDERS = {
    "index": N_("number"),
    "mean": N_("mean value"),
    "half-life": N_("memory half-life"),
}
VIEWS = {
    "heatmaps": N_("All units"),
    "lines": N_("Single units"),
    "what-if": N_("What if"),
    "equation": N_("The equation"),
    "saturation": N_("Saturation"),
    "claims": N_("Claims"),
    "model": N_("The model"),
    "download": N_("Download"),
}


#: They say something of the model or the cell, whatever the text.
WITHOUT_READING = frozenset({"claims", "model"})
_FIRST_VIEW = "heatmaps"


@dataclass(frozen=True)
class Focus:
    """What is looked at: a quantity, over all units or one, in one layer, at one step."""

    quantity: str
    over: str
    layer: int
    unit: int
    step: int


def name_of(focus: Focus, cell: str) -> str:
    """What colours the text, in the reader's language."""
    quantity = quantity_names(cell)[focus.quantity]
    if focus.over == MEAN:
        return _("{quantity}, mean of all units").format(quantity=quantity)
    return _("{quantity} of unit {unit}").format(quantity=quantity, unit=focus.unit)


def choose_focus(
    frame: Frame, card: Card, trace: xr.Dataset, *, first_step: int = 0, first_layer: int = 0
) -> Focus:
    """What colours the strip, and the step; where nothing is chosen yet, these come first."""
    address = frame.address
    quantities = QUANTITIES[card.architecture.cell]
    names = quantity_names(card.architecture.cell)
    with st.container(horizontal=True, gap="small"):
        quantity = choose(
            frame,
            _("Colour the text by"),
            "colour",
            names,
            default=_first_colour(quantities),
        )
        over = choose(
            frame,
            _("Average or single unit"),
            "of",
            {UNIT: _("one unit"), MEAN: _("mean of all units")},
            default=UNIT,
        )
        layer = _choose_layer(frame, card.architecture.layers, first_layer)
        last_unit = card.architecture.hidden_size - 1
        telling = _most_varied(trace, quantity, layer)
        unit = st.number_input(
            _("Unit (0 to {last})").format(last=last_unit),
            min_value=0,
            max_value=last_unit,
            key=address.number("unit", telling, 0, last_unit),
            width=140,
        )
    steps = trace.sizes["step"]
    step = st.session_state[address.number("step", min(first_step, steps - 1), 0, steps - 1)]
    return Focus(quantity=quantity, over=over, layer=layer, unit=unit, step=step)


def _most_varied(trace: xr.Dataset, quantity: str, layer: int) -> int:
    """The unit whose values of the quantity vary most over the steps: the one to begin with."""
    return int(trace[quantity].values[layer, 0, 0].std(0).argmax())  # of (T, H)


def _choose_layer(frame: Frame, layers: int, first: int) -> int:
    if layers == 1:
        return 0
    shown = {layer: str(layer) for layer in range(layers)}
    return choose(frame, _("Layer"), "layer", shown, default=min(first, layers - 1))


def choose_step(frame: Frame, steps: int) -> None:
    """The slider of the chosen step."""
    if steps > 1:
        st.slider(_("Step"), 0, steps - 1, key=frame.address.key("step"))


def chosen_view(frame: Frame) -> str:
    """Which of the views is shown, known before its buttons are drawn."""
    return chosen(frame, "show", VIEWS, default=_FIRST_VIEW)


def choose_view(frame: Frame) -> None:
    """The buttons of the views."""
    shown = {view: _(name) for view, name in VIEWS.items()}
    choose(frame, _("Show"), "show", shown, default=_FIRST_VIEW)


def telling_step(tokens: Sequence[str]) -> int:
    """The step to begin with: the first letter after a third of the text, where much was read."""
    third = len(tokens) // 3
    return next((n for n, token in enumerate(tokens) if n >= third and token.isalnum()), 0)


def _first_colour(quantities: tuple[str, ...]) -> str:
    return next((q for q in ("update", "forget") if q in quantities), quantities[-1])
