"""What it costs to train both directions, as it was measured."""

import pandas as pd
import streamlit as st

from explorer.experiments import catalogue
from explorer.locale import N_
from explorer.web.bidirectional.ask import Asked
from explorer.web.experiments.verdict import show_verdict
from explorer.web.frame import Frame

_LAYERS = {
    "both directions": N_("both directions"),
    "one, same size": N_("one direction, units as many"),
    "one, same parameters": N_("one direction, parameters as many"),
}


def show_cost(frame: Frame, asked: Asked) -> None:
    """The verdict and the numbers."""
    _ = frame.translate
    result = catalogue.shipped("two-directions-cost")
    show_verdict(frame, result)
    cost = result.numbers["cost"]
    ratios = zip(cost["mean"], cost["sd"], strict=True)
    st.dataframe(
        pd.DataFrame(
            {
                _("LSTM layer"): [_(_LAYERS[str(name)]) for name in cost["layer"]],
                _("parameters"): [f"{value:,}" for value in cost["parameters"]],
                _("ms an update"): [round(float(value or 0), 1) for value in cost["milliseconds"]],
                _("time, relative"): [f"{mean:.2f} ± {sd:.2f}" for mean, sd in ratios],
                _("kept for the way back, MB"): [
                    round(float(value or 0), 2) for value in cost["kept, MB"]
                ],
            }
        ),
        hide_index=True,
    )
    st.caption(
        _(
            "Processor time of one thread, 32 sequences of 64 steps, 160 units a direction; the "
            "three take turns, and each round is one ratio (mean ± standard deviation of {count} "
            "rounds). Kept is what the forward pass holds for the backward pass."
        ).format(count=cost["count"][0])
    )
