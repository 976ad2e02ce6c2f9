"""How often each gate of each unit is nearly shut or nearly open."""

from collections.abc import Iterator

import pandas as pd
import streamlit as st

from explorer.figures.saturation import saturation_plot
from explorer.recurrence.summary import saturation
from explorer.text.numbers import percent
from explorer.web.components.series import Row, series
from explorer.web.kit.figure import show_altair
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.shared.focus import Focus
from explorer.web.shared.layer_values import Traced
from explorer.web.shared.quantity_names import gates_of, names_of
from explorer.web.shared.units.unit_rows import opened, row_of

_OF_A_GATE = 2
"""Units shown of each gate at each of its ends."""
_OFTEN = 0.5
"""The share of the steps from which a gate is called saturated."""


def show_saturation(frame: Frame, traced: Traced, focus: Focus) -> None:
    """All units as dots, and the few whose gates stay at an end over the text."""
    names = names_of(traced.trace)
    table = _saturation_table(traced, focus.layer)
    show_altair(frame, saturation_plot(table, names=names, translate=_), "saturation")
    st.caption(
        _(
            "A dot at the upper left is a gate that is nearly always open, at the lower "
            "right one that is nearly always closed, at the lower left one that stays in "
            "between."
        )
    )
    st.header(_("Units whose gates stay at an end"))
    key = frame.address.key("saturation.rows")
    if found := list(_rows(traced, focus.layer, table)):
        series(found, key=key, on_open=opened(frame, key), of_the_strip=True)
    else:
        st.markdown(_("No gate is at an end for half of these steps."))


def _rows(traced: Traced, layer: int, table: pd.DataFrame) -> Iterator[Row]:
    """Of each gate the units that are most often open, and those that are most often closed."""
    names = names_of(traced.trace)
    said = {
        "open": _("{gate}: nearly open at {share} of the steps"),
        "closed": _("{gate}: nearly closed at {share} of the steps"),
    }
    for gate in gates_of(traced.trace):
        for end, note in said.items():
            of_gate = table[(table["gate"] == gate) & (table[end] >= _OFTEN)]
            for _place, one in of_gate.nlargest(_OF_A_GATE, end).iterrows():
                yield row_of(
                    traced,
                    layer=layer,
                    unit=int(one["unit"]),
                    quantity=gate,
                    note=note.format(gate=names[gate], share=percent(one[end])),
                )


def _saturation_table(traced: Traced, layer: int) -> pd.DataFrame:
    """Columns gate, unit, closed and open, one row a gate and unit."""
    shares = saturation(traced.trace).isel(layer=layer, direction=0, drop=True)
    return shares.to_dataframe().reset_index()
