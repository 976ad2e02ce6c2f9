"""Single units over the steps, and in an LSTM the hidden state beside the memory."""

import numpy as np
import streamlit as st

from explorer.figures.lines import quantity_lines
from explorer.text.numbers import percent
from explorer.web.kit.figure import show_by_step
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.widgets import state
from explorer.web.shared.focus import Focus, step_later
from explorer.web.shared.layer_values import Traced, layer_values
from explorer.web.shared.parameters import COMPARED
from explorer.web.shared.quantity_names import names_of, quantities_of

_STATES = ("memory", "hidden")
#: A value counts as held back where the memory is larger than the one and the state smaller than
#: the other.
_LARGE, _SMALL = 0.5, 0.1


def show_lines(frame: Frame, traced: Traced, focus: Focus) -> None:
    """All quantities of chosen units, and in an LSTM the hidden state beside the memory."""
    units = choose_units(frame, traced, focus)
    quantities = quantities_of(traced.trace)
    # The memory is unbounded and would flatten everything else; it has a chart of its own below.
    bounded = tuple(q for q in quantities if q != "memory")
    for unit in units:
        _show_unit(frame, traced, focus, unit=unit, quantities=bounded, name="lines")
    if {*_STATES} <= {*quantities}:
        _show_memory(frame, traced, focus, units)


def choose_units(frame: Frame, traced: Traced, focus: Focus) -> list[int]:
    """The unit that is looked at, and those that the reader wants beside it."""
    highest = traced.trace.sizes["unit"] - 1
    more = st.multiselect(
        _("Compare unit {unit} with").format(unit=focus.unit),
        range(highest + 1),
        max_selections=COMPARED.most,
        placeholder=_("other units"),
        **state(frame, COMPARED.upto(highest)),
    )
    return list(dict.fromkeys([focus.unit, *more]))


def _show_memory(frame: Frame, traced: Traced, focus: Focus, units: list[int]) -> None:
    memory = np.abs(layer_values(traced, focus.layer, "memory"))
    hidden = np.abs(layer_values(traced, focus.layer, "hidden"))
    held_back = float(((memory > _LARGE) & (hidden < _SMALL)).mean())
    st.header(_("Only the hidden state reaches the output"))
    st.markdown(
        _(
            "The output layer sees the hidden state, never the memory cell: the output gate "
            "decides how much of the memory comes through. Over these steps, {share} of all "
            "values are held back: the memory cell is above {large} in absolute value and "
            "the hidden state below {small}."
        ).format(share=percent(held_back, 1), large=_LARGE, small=_SMALL)
    )
    for unit in units:
        _show_unit(frame, traced, focus, unit=unit, quantities=_STATES, name="memory")


def _show_unit(
    frame: Frame,
    traced: Traced,
    focus: Focus,
    *,
    unit: int,
    quantities: tuple[str, ...],
    name: str,
) -> None:
    chart = quantity_lines(
        {q: layer_values(traced, focus.layer, q)[:, unit] for q in quantities},
        names=names_of(traced.trace),
        tokens=traced.tokens,
        step=focus.step,
        bounded="memory" not in quantities,
        title=_("Unit {unit}").format(unit=unit),
        translate=_,
    )
    show_by_step(frame, chart, f"{name}-unit-{unit}", step=step_later(frame))
