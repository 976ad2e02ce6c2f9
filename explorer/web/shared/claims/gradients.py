"""The experiment on gradients through time: its figure, and what of it the reader can vary.

Brings in no torch: all of it was measured beforehand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from explorer.experiments.experiment import Numbers
from explorer.experiments.tables import column, rows
from explorer.figures.measured import Line, Look, Scale, spread_lines
from explorer.figures.palette import CELL_COLOURS, COLOURS, DASHES
from explorer.locale import N_
from explorer.web.kit.figure import show_altair
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.widgets import choose, slide_options
from explorer.web.shared.claims.drawing import spread_line
from explorer.web.shared.claims.parameters import CELL, RADIUS, TASK, WEIGHTS

if TYPE_CHECKING:
    import altair as alt

UNITS = 64  # of the networks whose radius was set
_NAMES = {"rnn": N_("plain RNN"), "gru": "GRU", "lstm": "LSTM"}
_LAG = "lag"
_IN_LEGENDS = {"recall": N_("recall"), "timemachine": N_("text")}
#: The parts of a gated network's Jacobian: colour, pattern, name.
_PARTS: Mapping[str, Mapping[str, tuple[str, Sequence[int], str]]] = {
    "gru": {
        "state": (CELL_COLOURS["gru"], [1, 0], N_("GRU: whole state")),
        "gates": (COLOURS["update"], DASHES["update"], N_("∏ update gates")),
    },
    "lstm": {
        "state": (CELL_COLOURS["lstm"], [1, 0], N_("LSTM: whole state")),
        "memory": (COLOURS["memory"], DASHES["memory"], N_("LSTM: memory to memory")),
        "hidden": (COLOURS["hidden"], [2, 2], N_("LSTM: hidden to hidden")),
        "gates": (COLOURS["forget"], DASHES["forget"], N_("∏ forget gates")),
    },
}


def gradients(numbers: Numbers) -> alt.LayerChart:
    """The whole state's norm in the trained models: a colour a kind of network, a dash a task."""
    lines = [
        spread_line(
            Look(f"{_(name)} · {_(title)}", CELL_COLOURS[cell], dash=dash),
            rows(numbers["models"], task=task, cell=cell, start="trained", part="state"),
            _LAG,
        )
        for (task, title), dash in zip(_IN_LEGENDS.items(), ([1, 0], [6, 4]), strict=True)
        for cell, name in _NAMES.items()
    ]
    return _drawn(lines)


def vary_gradients(frame: Frame, numbers: Numbers) -> None:
    """What a network's Jacobian is made of, and the slider of the spectral radius."""
    st.markdown("**" + _("What a gated network’s gradient is made of") + "**")
    with st.container(horizontal=True, gap="medium"):
        task = choose(frame, _("Texts"), TASK)
        start = choose(frame, _("Weights"), WEIGHTS)
        cell = choose(frame, _("Network"), CELL)
    show_altair(frame, _parts(numbers, task, start, cell), "gradient-parts")
    st.caption(
        _(
            "∏, the product of the gates, for the unit that keeps most: what is left by its "
            "own gate alone. What lies above it came through other units. Bands: one "
            "standard deviation over texts, for untrained weights over seeds too."
        )
    )
    _vary_radius(frame, numbers)


def _vary_radius(frame: Frame, numbers: Numbers) -> None:
    st.markdown("**" + _("The spectral radius of the recurrent weights") + "**")
    radii = sorted({*column(rows(numbers["radius"]), "radius")})
    titles = {radius: str(radius) for radius in radii}
    radius = slide_options(frame, _("Spectral radius of every recurrent matrix"), RADIUS, titles)
    show_altair(frame, _of_radius(numbers, radius), "gradient-radius")
    st.caption(
        _(
            "Untrained networks of {units} units with PyTorch's default initialization, every "
            "gate’s recurrent matrix then scaled to this radius. Near 1, the plain RNN keeps "
            "most, and the gated networks, half open, halve their state at every step; far "
            "above 1, the plain RNN explodes, the gated networks later and less."
        ).format(units=UNITS)
    )


def _parts(numbers: Numbers, task: str, start: str, cell: str) -> alt.LayerChart:
    """The parts of one kind of network, a plain RNN beside them."""
    table = numbers["models"]
    plain = rows(table, task=task, cell="rnn", start=start, part="state")
    lines = [spread_line(Look(_("plain RNN"), CELL_COLOURS["rnn"]), plain, _LAG)]
    for part, (colour, dash, name) in _PARTS[cell].items():
        chosen = rows(table, task=task, cell=cell, start=start, part=part)
        lines.append(spread_line(Look(_(name), colour, dash=dash), chosen, _LAG))
    return _drawn(lines)


def _of_radius(numbers: Numbers, radius: float) -> alt.LayerChart:
    """The three kinds of network at one radius, on the scale of all radii."""
    table = numbers["radius"]
    means = column(rows(table), "mean")
    lines = [
        spread_line(Look(_(name), CELL_COLOURS[cell]), rows(table, cell=cell, radius=radius), _LAG)
        for cell, name in _NAMES.items()
    ]
    return _drawn(lines, ends=(min(means), max(means)))


def _drawn(lines: Sequence[Line], *, ends: Sequence[float] | None = None) -> alt.LayerChart:
    y = Scale(_("log₁₀ of the norm: 0 keeps all, −3 a thousandth"), ".0f", ends=ends)
    return spread_lines(lines, x=Scale(_("steps back (T − t)"), "d"), y=y)
