"""How the experiments on deep recurrent networks are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import streamlit as st

from explorer.experiments.experiment import Numbers, Spread
from explorer.experiments.tables import column, rows
from explorer.locale import N_
from explorer.web.kit.carried import carried
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.widgets import choose, slide_options
from explorer.web.shared.claims.addresses import NEVER, RUNS
from explorer.web.shared.claims.parameters import CLIP, RATE

if TYPE_CHECKING:
    import altair as alt
    import plotly.graph_objects as go

_PROPERTIES = {
    "letter": N_("letters read"),
    "word end": N_("end of the word"),
    "column": N_("position in line"),
    "quotation": N_("inside quotation"),
    "sentence": N_("words of the sentence"),
}
_STARTS = {
    "torch": N_("PyTorch's own"),
    "orthogonal": N_("orthogonal"),
    "small": N_("small, as in the book"),
    "large": N_("three times too large"),
}
_INPUT = "input"
_UPDATES = 700  # of a run of the experiment on convergence


def probes(numbers: Numbers) -> alt.LayerChart:
    """What is read off the layers."""
    from explorer.figures.layers import probe_plot

    layers = {
        str(name): _("the character alone")
        if name == _INPUT
        else _("layer {layer}").format(layer=name)
        for name in dict.fromkeys(numbers["probes"]["layer"])
    }
    properties = {name: _(title) for name, title in _PROPERTIES.items()}
    return probe_plot(rows(numbers["probes"]), properties=properties, layers=layers, translate=_)


def three_layers(numbers: Numbers) -> alt.LayerChart:
    """Bits per character with one layer and with three."""
    from explorer.figures.measured import Look, Scale, spread_dots
    from explorer.web.shared.claims.drawing import spread_dot

    names = {"one": _("one layer"), "three": _("three layers")}
    look, table = Look(_("mean over parts of the text")), rows(numbers["bits"])
    dots = [
        spread_dot(name, look, Spread.of(column(table, layers))) for layers, name in names.items()
    ]
    return spread_dots(dots, x="", y=Scale(_("bits per character"), ".2f"))


def repeat(frame: Frame, numbers: Numbers) -> None:
    """A setting of the grid, and the way to its runs in the laboratory."""
    grid = rows(numbers["grid"])
    rates, norms = (sorted({*column(grid, name)}) for name in ("rate", "clip"))  # no clip: NEVER
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        middle = RATE.starting(rates[len(rates) // 2])
        titles = {rate: f"{rate:g}" for rate in rates}
        rate = slide_options(frame, _("Learning rate"), middle, titles, width=260)
        clips = {norm: _("no clipping") if norm == NEVER else f"{norm:g}" for norm in norms}
        clip = choose(frame, _("Clipping norm"), CLIP.starting(norms[-1]), clips)
    both = {f"rate{run}": f"{rate:g}" for run in RUNS} | {f"clip{run}": f"{clip:g}" for run in RUNS}
    st.page_link(
        "pages/deep.py",
        label=_("Repeat it in the laboratory"),
        icon=":material/arrow_forward:",
        query_params={**carried(), "show": "training", "updates": str(_UPDATES), **both},
    )


def convergence(numbers: Numbers) -> go.Figure:
    """What became of the runs at every setting."""
    from explorer.figures.convergence import convergence_map

    guessing: Mapping[str, Any] = rows(numbers["guessing"])[0]
    return convergence_map(rows(numbers["grid"]), levels=guessing, translate=_)


def initialisation(numbers: Numbers) -> alt.LayerChart:
    """The loss that was reached from every kind of start, by depth."""
    from explorer.figures.measured import Look, Scale, spread_dots
    from explorer.web.shared.claims.drawing import spread_dot

    uniform = float(numbers["guessing"]["uniform"][0] or 0)
    looks = {
        1: Look(_("one layer"), "#0072B2"),
        3: Look(_("{layers} layers").format(layers=3), "#D55E00", "diamond"),
    }
    dots = [
        spread_dot(_(title), look, Spread.of([min(loss or uniform, uniform) for loss in losses]))
        for layers, look in looks.items()
        for start, title in _STARTS.items()
        for losses in [column(rows(numbers["runs"], start=start, layers=layers), "loss")]
    ]
    return spread_dots(dots, x=_("initial weights"), y=Scale(_("loss (nats per character)"), ".2f"))
