"""What the diagram of a cell and the equation beside it show of the chosen unit."""

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from torch import nn

from explorer.figures.equation import Line
from explorer.figures.palette import COLOURS, NEGATIVE, reach
from explorer.models.book_gru import BookGRU
from explorer.models.language_model import LanguageModel
from explorer.recurrence.indices import as_sequence
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.quantities import QUANTITIES
from explorer.recurrence.reading import Reading
from explorer.recurrence.unit_activations import unit_activations
from explorer.recurrence.unit_terms import UnitActivations
from explorer.text.numbers import SENT
from explorer.text.tokens import visible
from explorer.web.components.cell import Cell
from explorer.web.kit.i18n import _
from explorer.web.shared.focus import Focus
from explorer.web.shared.layer_values import layer_values
from explorer.web.shared.quantity_names import quantity_names


def activations_of(model: LanguageModel, reading: Reading, focus: Focus) -> UnitActivations:
    """The chosen unit over the text; of a network with gates."""
    assert isinstance(model.rnn, nn.GRU | BookGRU | nn.LSTM)  # a plain RNN has no diagram
    ids = reading.vocabulary.encode(reading.tokens)
    inputs = model.inputs(torch.tensor([ids]))
    return unit_activations(model.rnn, reading.trace, inputs, layer=focus.layer, unit=focus.unit)


def cell_of(
    reading: Reading,
    focus: Focus,
    unit: UnitActivations,
    *,
    diagram: str,
    lines: Sequence[Line] = (),
    split: bool = False,
    note: str = "",
    was: UnitActivations | None = None,
    changes: Sequence[Intervention] = (),
) -> Cell:
    """The chosen unit as the browser is sent it.

    Args:
        reading: Of the text, with the changes.
        focus: What the reader looks at.
        unit: What the unit computes.
        diagram: Which diagram shows it.
        lines: The equations beside the diagram.
        split: Whether both biases of a gate are shown.
        note: A line on what the unit does; then more can be opened on it.
        was: What the unit computes without the changes, where there may be some.
        changes: The reader's.
    """
    quantities = QUANTITIES[str(reading.trace.attrs["cell"])]
    names = quantity_names(str(reading.trace.attrs["cell"]))
    return Cell(
        cell=diagram,
        values=_rounded(unit.values),
        was=_rounded(was.values) if was else {},
        before=_rounded(unit.previous),
        input=_rounded(unit.input),
        state=_rounded(unit.state),
        gated=[] if unit.gated_state is None else _round(unit.gated_state),
        bias={name: (unit.input_bias[name], unit.state_bias[name]) for name in unit.input_bias},
        split=split,
        changed={q: _changed(changes, q, focus, len(reading.tokens)) for q in quantities},
        reach={q: reach(q, layer_values(reading, focus.layer, q)) for q in quantities},
        colours={q: COLOURS[q] for q in quantities},
        negative=NEGATIVE,
        names=names,
        said=_said(lines, names),
        title=_("Unit {unit}").format(unit=focus.unit),
        note=note,
        tokens=[visible(token) for token in reading.tokens],
        own_weight=unit.own_weight,
        lines=lines,
        opens=bool(note),
    )


def _said(lines: Sequence[Line], names: Mapping[str, str]) -> dict[str, str]:
    """What each term of the equations and each wire of the diagram is, to be heard."""
    said = {
        "kept": _("what is kept"),
        "new": _("what is new"),
        "gated candidate": _("what the reset gate lets through"),
    }
    for term in (term for line in lines for term in line if term.value):
        written = " ".join(f"{letter}{index}" for letter, index in term.symbol)
        said[term.value] = f"{names.get(term.value, '')} {written}".strip()
    return said


def _rounded(by_name: Mapping[str, np.ndarray]) -> dict[str, list[float]]:
    return {name: _round(series) for name, series in by_name.items()}


def _round(series: np.ndarray) -> list[float]:
    rounded: list[float] = np.asarray(series, np.float64).round(SENT).tolist()
    return rounded


def _changed(changes: Sequence[Intervention], quantity: str, focus: Focus, count: int) -> list[int]:
    """The steps at which the quantity of the chosen unit is changed."""
    steps: set[int] = set()
    for change in changes:
        here = change.layer in (None, focus.layer) and change.units in (None, focus.unit)
        if here and change.quantity == quantity:
            chosen = as_sequence(change.steps)
            steps.update(range(count) if chosen is None else chosen)
    return sorted(steps)
