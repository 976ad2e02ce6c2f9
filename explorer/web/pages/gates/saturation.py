"""How often each gate of each unit is nearly shut or nearly open."""

import pandas as pd
import streamlit as st

from explorer.figures.saturation import saturation_plot
from explorer.recurrence.quantities import GATES, RETAINING
from explorer.recurrence.reading import Reading
from explorer.recurrence.summary import saturation
from explorer.web.kit.figure import show_altair
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.shared.layer_values import half_lives, layer_values
from explorer.web.shared.quantity_names import quantity_names
from explorer.web.shared.reading import Case

#: Pixels, so that all columns of an LSTM stand beside each other on a phone.
_NARROW = 40


def show_saturation(frame: Frame, case: Case) -> None:
    """How often each gate of each unit is nearly shut or nearly open."""
    reading, focus = case.reading, case.focus
    cell = str(reading.trace.attrs["cell"])
    names = quantity_names(cell)
    table = _saturation_table(reading, focus.layer)
    left, right = st.columns(2, gap="large")
    with left:
        show_altair(frame, saturation_plot(table, names=names, translate=_), "saturation")
    life = half_lives(reading, focus.layer)
    means = {names[gate]: layer_values(reading, focus.layer, gate).mean(0) for gate in GATES[cell]}
    units = pd.DataFrame({_("unit"): range(len(life)), _("half-life"): life} | means)
    column = st.column_config.NumberColumn
    config = {name: column(format="%.2f") for name in means}
    config |= {_("unit"): column(width=_NARROW), _("half-life"): column(format="%.1f")}
    right.dataframe(units, hide_index=True, height=360, column_config=config)
    st.caption(
        _(
            "A dot at the upper left is a gate that is nearly always open, at the lower "
            "right one that is nearly always closed, at the lower left one that stays in "
            "between. Half-life: the number of steps after which half of what a unit held is "
            "left, at the mean rate of its {gate}. The table also lists the mean of each "
            "gate."
        ).format(gate=names[RETAINING[cell]])
    )


def _saturation_table(reading: Reading, layer: int) -> pd.DataFrame:
    """Columns gate, unit, closed and open, one row a gate and unit."""
    shares = saturation(reading.trace).isel(layer=layer, direction=0, drop=True)
    return shares.to_dataframe().reset_index()
