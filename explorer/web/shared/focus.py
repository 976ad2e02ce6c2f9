"""What a reader looks at of a trace: a quantity, a unit, a step; all in the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from explorer.unit_analysis.named_units import NamedUnit
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.presentation import folded
from explorer.web.kit.widgets import choose, number
from explorer.web.shared.parameters import (
    COLOUR,
    LAYER,
    MEAN,
    OVER,
    STEP,
    UNIT_NUMBER,
)
from explorer.web.shared.quantity_names import name_in, names_of
from explorer.web.shared.quantity_names import name_of as quantity_name

if TYPE_CHECKING:
    import xarray as xr


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
    if focus.over == MEAN:
        quantity = quantity_name(cell, focus.quantity)
        return _("{quantity}, mean of all units").format(quantity=quantity)
    return name_in(cell, focus.quantity, focus.unit)


def choose_focus(
    frame: Frame,
    trace: xr.Dataset,
    *,
    first_step: int = 0,
    first_layer: int = 0,
    first_unit: NamedUnit | None = None,
) -> Focus:
    """What colours the strip, and the step; where nothing is chosen yet, these come first."""
    names = names_of(trace)
    with folded(_("Colours and unit"), ":material/palette:"), st.container(horizontal=True):
        first = COLOUR.starting(first_unit.quantity if first_unit else _first_colour(tuple(names)))
        quantity = choose(frame, _("Colour the text by"), first, names)
        over = choose(frame, _("Average or single unit"), OVER)
        layer = _choose_layer(frame, trace.sizes["layer"], first_layer)
        last_unit = trace.sizes["unit"] - 1
        of_layer = first_unit if first_unit and first_unit.layer == layer else None
        telling = of_layer.unit if of_layer else _most_varied(trace, quantity, layer)
        unit = number(
            frame,
            _("Unit (0 to {last})").format(last=last_unit),
            UNIT_NUMBER.starting(telling).within(0, last_unit),
            width=140,
        )
    step = chosen_step(frame, trace.sizes["step"], first_step)
    return Focus(quantity=quantity, over=over, layer=layer, unit=unit, step=step)


def chosen_step(frame: Frame, steps: int, first: int) -> int:
    """The step that is looked at, of so many; where none is chosen yet, the first to look at."""
    return frame.address.value(STEP.starting(first).within(0, steps - 1))


def step_later(frame: Frame) -> Callable[[], int]:
    """What tells the chosen step whenever it is asked: after this run, and outside of any."""
    context, key = get_script_run_ctx(), frame.address.key(STEP.name)
    assert context is not None
    state = context.session_state
    return lambda: int(state[key])


def _most_varied(trace: xr.Dataset, quantity: str, layer: int) -> int:
    """The unit whose values of the quantity vary most over the steps: the one to begin with."""
    return int(trace[quantity].values[layer, 0, 0].std(0).argmax())  # of (T, H)


def _choose_layer(frame: Frame, layers: int, first: int) -> int:
    if layers == 1:
        return 0
    shown = {layer: str(layer) for layer in range(layers)}
    return choose(frame, _("Layer"), LAYER.starting(min(first, layers - 1)), shown)


def telling_step(tokens: Sequence[str]) -> int:
    """The step to begin with: the first letter after a third of the text, where much was read."""
    third = len(tokens) // 3
    return next((n for n, token in enumerate(tokens) if n >= third and token.isalnum()), 0)


def _first_colour(quantities: tuple[str, ...]) -> str:
    return next((q for q in ("update", "forget") if q in quantities), quantities[-1])
