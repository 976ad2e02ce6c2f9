"""How the experiments on deep recurrent networks are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from explorer.experiments.experiment import Numbers
from explorer.experiments.tables import rows
from explorer.locale import N_, Translate

if TYPE_CHECKING:
    import altair as alt
    import plotly.graph_objects as go

_PROPERTIES = {
    "letter": N_("letters read"),
    "word end": N_("end of the word"),
    "column": N_("place in line"),
    "quotation": N_("in quotation"),
}
_INPUT = "input"


def probes(numbers: Numbers, translate: Translate) -> alt.LayerChart:
    """What is read off the layers."""
    from explorer.figures.layers import probe_plot

    _ = translate
    layers = {
        str(name): _("the character alone")
        if name == _INPUT
        else _("layer {layer}").format(layer=name)
        for name in dict.fromkeys(numbers["probes"]["layer"])
    }
    properties = {name: _(title) for name, title in _PROPERTIES.items()}
    return probe_plot(rows(numbers["probes"]), properties=properties, layers=layers, translate=_)


def convergence(numbers: Numbers, translate: Translate) -> go.Figure:
    """What became of the runs at every setting."""
    from explorer.figures.convergence import convergence_map

    guessing: Mapping[str, Any] = rows(numbers["guessing"])[0]
    return convergence_map(rows(numbers["grid"]), levels=guessing, translate=translate)
