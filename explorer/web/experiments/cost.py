"""The sizes behind the times: parameters, multiplications and bytes. Brings in no torch."""

import pandas as pd
import streamlit as st

from explorer.experiments.experiment import Numbers
from explorer.web.frame import Frame


def show_cost(frame: Frame, numbers: Numbers) -> None:
    """What a layer holds, does and keeps, kind by kind."""
    _ = frame.translate
    measured, seconds = pd.DataFrame(dict(numbers["size"])), _seconds(numbers)
    columns = {
        _("units"): measured["units"],
        _("network"): measured["cell"].str.upper(),
        _("parameters"): measured["parameters"],
        _("multiplications a step"): measured["multiplications"],
        _("µs a step, to run"): seconds["forward"],
        _("µs a step, to train"): seconds["training"],
        _("state, bytes"): measured["state bytes"],
        _("needed for training, bytes"): measured["needed bytes"],
        _("kept by PyTorch, bytes"): measured["kept bytes"].round().astype(int),
    }
    st.dataframe(pd.DataFrame(columns), hide_index=True)
    st.caption(
        _(
            "Layers with as many inputs as units, 32 sequences of 32 steps in float32. "
            "Multiplications and bytes are those of one step of one sequence, times those of a "
            "step of all 32. Training needs the values that the equations made; PyTorch keeps "
            "more: the inputs, and for an LSTM the workspace of its library for processors."
        )
    )


def _seconds(numbers: Numbers) -> pd.DataFrame:
    """Microseconds a step by phase, in the order of the sizes."""
    table = pd.DataFrame(dict(numbers["seconds a step"]))
    wide = table.pivot_table(index=["units", "cell"], columns="phase", values="mean")
    size = pd.DataFrame(dict(numbers["size"]))
    order = pd.MultiIndex.from_frame(size[["units", "cell"]])
    return (1e6 * wide.loc[order]).round(1).reset_index(drop=True)
