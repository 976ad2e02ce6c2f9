"""Some units, each chosen for a reason: the first view of a text."""

from collections.abc import Iterable

import numpy as np
import streamlit as st

from explorer.text.numbers import decimal
from explorer.web.components.series import Row, series
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.shared.layer_values import half_lives, layer_values
from explorer.web.shared.reading import Case
from explorer.web.shared.unit_words import of_name
from explorer.web.shared.units.measured import Measured, measured, state_of
from explorer.web.shared.units.unit_rows import opened, row_of

_NAMED, _LASTING, _MOVED = 8, 4, 4
_OF_A_LAYER = 4


def show_chosen(frame: Frame, case: Case) -> None:
    """Units with a name, those that remember longest, and those that moved most at the step."""
    known = measured(case.text.model)
    named = _named(case, known, _NAMED) if known else []
    lasting = _lasting(case, {row.unit for row in named if row.layer == case.focus.layer})
    moved = _moved(case)
    _show(frame, "named", _("Units whose meaning was tested"), named)
    _show(frame, "lasting", _("Units that remember longest"), lasting)
    _show(frame, "moved", _("Units that moved most at this step"), moved, by_step=True)
    _say_half_lives(case)


def _show(frame: Frame, name: str, title: str, rows: list[Row], *, by_step: bool = False) -> None:
    if not rows:
        return
    st.header(title)
    key = frame.address.key(f"units.{name}")
    series(rows, key=key, on_open=opened(frame, key), of_the_strip=True, by_step=by_step)


def show_named_by_layer(frame: Frame, case: Case) -> None:
    """The units of every layer that have a name, the lowest layer first."""
    known = measured(case.text.model)
    if known is None:
        st.markdown(_("This model comes without measurements of its units."))
        return
    for layer in range(case.reading.trace.sizes["layer"]):
        rows = _named(case, known, _OF_A_LAYER, layer)
        title = _("Layer {layer}: units whose meaning was tested").format(layer=layer)
        _show(frame, f"layer{layer}", title, rows)
    st.caption(_("A click on a unit’s name opens it."))


def _named(case: Case, known: Measured, count: int, layer: int | None = None) -> list[Row]:
    """One row a unit, with what it is surest known for."""
    return [
        row_of(
            case.reading,
            layer=one.layer,
            unit=one.unit,
            quantity=one.quantity,
            note=of_name(one, known.binary),
        )
        for one in known.chosen(count, layer)
    ]


def _lasting(case: Case, but: set[int]) -> list[Row]:
    lives = half_lives(case.reading, case.focus.layer)
    said = _("On this text, half of what it holds is left after {steps} steps.")
    units = (int(unit) for unit in np.argsort(-lives, kind="stable") if int(unit) not in but)
    notes = ((unit, said.format(steps=decimal(float(lives[unit]), 1))) for unit in units)
    return _rows(case, notes, _LASTING)


def _moved(case: Case) -> list[Row]:
    quantity, step = _state(case), case.focus.step
    values = layer_values(case.reading, case.focus.layer, quantity)  # (T, H)
    before = values[step - 1] if step else np.zeros_like(values[0])
    order = np.argsort(-np.abs(values[step] - before), kind="stable")
    said = _("From {before} to {after}.")
    notes = (
        (
            int(unit),
            said.format(
                before=decimal(float(before[unit]), 2), after=decimal(float(values[step, unit]), 2)
            ),
        )
        for unit in order
    )
    return _rows(case, notes, _MOVED)


def _rows(case: Case, notes: Iterable[tuple[int, str]], count: int) -> list[Row]:
    quantity = _state(case)
    return [
        row_of(case.reading, layer=case.focus.layer, unit=unit, quantity=quantity, note=note)
        for (unit, note), _place in zip(notes, range(count), strict=False)
    ]


def _say_half_lives(case: Case) -> None:
    lives = half_lives(case.reading, case.focus.layer)
    low, middle, high = (decimal(float(q), 1) for q in np.quantile(lives, (0.1, 0.5, 0.9)))
    st.caption(
        _(
            "All {count} units of this layer by half-life, on this text: a tenth hold half for "
            "less than {low} steps, half of them for less than {middle}, a tenth for more than "
            "{high}. A click on a unit's name opens it; “All units” shows the whole matrix."
        ).format(count=len(lives), low=low, middle=middle, high=high)
    )


def _state(case: Case) -> str:
    return state_of(str(case.reading.trace.attrs["cell"]))
