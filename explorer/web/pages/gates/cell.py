"""The cell's diagram for the chosen unit, fed by the reading with the reader's changes in it."""

import numpy as np
import streamlit as st
import torch
from torch import nn

from explorer.figures.palette import COLOURS, NEGATIVE, reach
from explorer.models.book_gru import BookGRU
from explorer.recurrence.indices import as_sequence
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.quantities import QUANTITIES
from explorer.recurrence.reading import Reading
from explorer.recurrence.unit_activations import unit_activations
from explorer.text.tokens import visible
from explorer.web.components.cell import Cell, cell
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.pages.gates.changes import Changes
from explorer.web.pages.gates.intervention_editor import adopt
from explorer.web.shared.focus import Focus
from explorer.web.shared.layer_values import layer_values
from explorer.web.shared.models import pretrained
from explorer.web.shared.quantity_names import quantity_names

_DIGITS = 4  # behind the point of what is sent; the diagram shows two


def show_cell(
    frame: Frame, model_name: str, reading: Reading, focus: Focus, changes: Changes
) -> None:
    """The diagram; a gate that is set in it becomes one of the page's changes."""
    st.header(_("The cell at work"))
    key = frame.address.key("cell")
    content = _content(model_name, reading, focus, changes)

    layer = focus.layer if reading.trace.sizes["layer"] > 1 else None

    def apply() -> None:
        asked = st.session_state[key]["apply"]
        step = None if asked["step"] is None else int(asked["step"])
        steps = None if step is None else range(step, step + 1)
        gates = {name: round(float(value), 2) for name, value in asked["gates"].items()}
        adopt(
            frame,
            *(
                Intervention(name, value, layer=layer, units=focus.unit, steps=steps)
                for name, value in gates.items()
            ),
        )

    cell(content, key=key, on_apply=apply)


def _content(model_name: str, reading: Reading, focus: Focus, changes: Changes) -> Cell:
    model = pretrained(model_name).model
    assert isinstance(model.rnn, nn.GRU | BookGRU | nn.LSTM)  # no page of gates offers a plain RNN
    ids = reading.vocabulary.encode(reading.tokens)
    inputs = model.inputs(torch.tensor([ids]))
    unit = unit_activations(model.rnn, reading.trace, inputs, layer=focus.layer, unit=focus.unit)
    parts = {
        "values": unit.values,
        "before": unit.previous,
        "input": unit.input,
        "state": unit.state,
    }
    kind = model.architecture.cell
    quantities = QUANTITIES[kind]
    return Cell(
        cell=kind,
        **{
            part: {name: _rounded(series) for name, series in by_name.items()}
            for part, by_name in parts.items()
        },
        changed={q: _changed(changes, q, focus, len(reading.tokens)) for q in quantities},
        reach={q: reach(q, layer_values(reading, focus.layer, q)) for q in quantities},
        colours={q: COLOURS[q] for q in quantities},
        negative=NEGATIVE,
        names=quantity_names(kind),
        title=_("Unit {unit}").format(unit=focus.unit),
        tokens=[visible(token) for token in reading.tokens],
        own_weight=unit.own_weight,
    )


def _rounded(series: np.ndarray) -> list[float]:
    rounded: list[float] = np.asarray(series, np.float64).round(_DIGITS).tolist()
    return rounded


def _changed(changes: Changes, quantity: str, focus: Focus, count: int) -> list[int]:
    """The steps at which the quantity of the chosen unit is changed."""
    steps: set[int] = set()
    for change in changes:
        here = change.layer in (None, focus.layer) and change.units in (None, focus.unit)
        if here and change.quantity == quantity:
            chosen = as_sequence(change.steps)
            steps.update(range(count) if chosen is None else chosen)
    return sorted(steps)
