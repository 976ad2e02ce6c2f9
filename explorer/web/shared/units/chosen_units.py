"""Some units, each chosen for a reason: the first view of a text."""

import streamlit as st

from explorer.web.components.series import Row
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.shared.reading import Case
from explorer.web.shared.unit_words import of_name
from explorer.web.shared.units.measured import Measured, measured
from explorer.web.shared.units.moving_units import show_moving, show_rows
from explorer.web.shared.units.unit_rows import row_of

_NAMED = 8
_OF_A_LAYER = 4


def show_chosen(frame: Frame, case: Case) -> None:
    """Units with a name, those that remember longest, and the place of those that moved most."""
    known = measured(case.text.model)
    named = _named(case, known, _NAMED) if known else []
    show_rows(frame, "named", _("Units whose meaning was tested"), named)
    but = {row.unit for row in named if row.layer == case.focus.layer}
    show_moving(frame, case.reading, case.focus, but=but)


def show_named_by_layer(frame: Frame, case: Case) -> None:
    """The units of every layer that have a name, the lowest layer first."""
    known = measured(case.text.model)
    if known is None:
        st.markdown(_("This model comes without measurements of its units."))
        return
    for layer in range(case.reading.trace.sizes["layer"]):
        rows = _named(case, known, _OF_A_LAYER, layer)
        title = _("Layer {layer}: units whose meaning was tested").format(layer=layer)
        show_rows(frame, f"layer{layer}", title, rows)
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
