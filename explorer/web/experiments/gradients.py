"""What the reader can vary of the experiment on gradients: weights, parts, the spectral radius.

Brings in no torch: all of it was measured beforehand.
"""

import streamlit as st

from explorer.experiments.experiment import Numbers
from explorer.figures.gradients import part_lines, radius_lines
from explorer.web.choice import choose
from explorer.web.figure import show_altair
from explorer.web.frame import Frame

_FIRST_RADIUS = 1.2


def show_gradients(frame: Frame, numbers: Numbers) -> None:
    """What a network's Jacobian is made of, and the slider of the spectral radius."""
    _ = frame.translate
    st.markdown(f"**{_('What a gated network’s gradient is made of')}**")
    with st.container(horizontal=True, gap="medium"):
        task = choose(
            frame,
            _("Text"),
            "task",
            {"recall": _("recall tasks"), "timemachine": _("own sentences")},
            default="recall",
        )
        start = choose(
            frame,
            _("Weights"),
            "weights",
            {
                "trained": _("trained"),
                "begun": _("as training began"),
                "torch": _("as PyTorch draws them"),
            },
            default="trained",
        )
        cell = choose(frame, _("Network"), "cell", {"lstm": "LSTM", "gru": "GRU"}, default="lstm")
    table = numbers["models"]
    chart = part_lines(table, task=task, start=start, cell=cell, translate=_)
    show_altair(frame, chart, "gradient-parts")
    st.caption(
        _(
            "The product of the gates is what a unit would keep if nothing else carried its "
            "state on; what lies above it came through the other units. Bands: one standard "
            "deviation over texts, for untrained weights over seeds."
        )
    )
    _show_radius(frame, numbers)


def _show_radius(frame: Frame, numbers: Numbers) -> None:
    _ = frame.translate
    st.markdown(f"**{_('The spectral radius of the recurrent weights')}**")
    table = numbers["radius"]
    radii = sorted({float(radius or 0) for radius in table["radius"]})
    default = _FIRST_RADIUS if _FIRST_RADIUS in radii else radii[0]
    radius = st.select_slider(
        _("Spectral radius of every recurrent matrix"),
        radii,
        key=frame.address.choice("radius", default, radii),
    )
    show_altair(frame, radius_lines(table, radius=radius, translate=_), "gradient-radius")
    st.caption(
        _(
            "Untrained networks of 64 units, drawn as PyTorch does, then every gate’s recurrent "
            "matrix scaled to this radius. From about 1.2 on, the plain RNN explodes where the "
            "gated ones still fade: half-open gates halve the state at every step."
        )
    )
