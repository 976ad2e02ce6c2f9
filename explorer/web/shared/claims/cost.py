"""The experiment on what networks cost: its figure, and the sizes behind the times.

Brings in no torch: all of it was measured beforehand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from explorer.experiments.experiment import Numbers
from explorer.experiments.tables import rows, spread
from explorer.figures.measured import Dot, Look, Scale, spread_dots
from explorer.figures.palette import CELL_COLOURS
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.table import show_table
from explorer.web.shared.claims.drawing import spread_dot

if TYPE_CHECKING:
    import altair as alt

BATCH, STEPS = 32, 32  # of the layers that were measured
_PRODUCTS = {"gru": 3, "lstm": 4}


def cost(numbers: Numbers) -> alt.LayerChart:
    """Times as ratios to the plain RNN's, beside the numbers of matrix products."""
    phases = {"forward": _("to run"), "training": _("to train")}
    dots = []
    for row in rows(numbers["ratio"]):
        cell = str(row["cell"])
        if cell not in _PRODUCTS:
            continue
        place = f"{row['units']}\n{phases[str(row['phase'])]}"
        name, colour = cell.upper(), CELL_COLOURS[cell]
        expected = _("{name}: matrix products").format(name=name)
        measured = Look(_("{name}: time").format(name=name), colour)
        dots += [
            spread_dot(place, measured, spread(row)),
            Dot(place, Look(expected, colour, "diamond"), _PRODUCTS[cell]),
        ]
    times = Scale(_("multiple of a plain RNN"))
    return spread_dots(dots, x=_("units"), y=times)


def list_sizes(frame: Frame, numbers: Numbers) -> None:
    """What a layer holds, does and keeps, kind by kind."""
    measured, taken = pd.DataFrame(dict(numbers["size"])), _microseconds(numbers)
    columns = {
        _("units"): measured["units"],
        _("network"): measured["cell"].str.upper(),
        _("parameters"): measured["parameters"],
        _("multiplications"): measured["multiplications"],
        _("µs to run"): taken["forward"],
        _("µs to train"): taken["training"],
        _("state (bytes)"): measured["state bytes"],
        _("computed by the equations (bytes)"): measured["needed bytes"],
        _("kept by PyTorch (bytes)"): measured["kept bytes"].round().astype(int),
    }
    st.markdown(
        _(
            "On a CPU, PyTorch runs an LSTM as one fused kernel, but a plain RNN and a GRU "
            "step by step: with few units, the steps cost more than the products, and an "
            "LSTM hardly more than a plain RNN."
        )
    )
    show_table(pd.DataFrame(columns), digits={_("µs to run"): 1, _("µs to train"): 1})
    st.caption(
        _(
            "Layers with as many inputs as units, {batch} sequences of {steps} steps, float32, one "
            "thread. Multiplications and bytes: per step of one sequence; processor time: "
            "per step of all sequences. Training has to keep what the equations computed "
            "until the backward pass; PyTorch was measured to keep more: the inputs and, for "
            "an LSTM, the workspace of its fast kernel."
        ).format(batch=BATCH, steps=STEPS)
    )


def _microseconds(numbers: Numbers) -> pd.DataFrame:
    """A step's time by phase, in the order of the sizes."""
    table = pd.DataFrame(dict(numbers["seconds a step"]))
    wide = table.pivot_table(index=["units", "cell"], columns="phase", values="mean")
    order = pd.MultiIndex.from_frame(pd.DataFrame(dict(numbers["size"]))[["units", "cell"]])
    return (1e6 * wide.loc[order]).reset_index(drop=True)
