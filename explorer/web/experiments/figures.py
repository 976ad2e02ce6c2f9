"""How each experiment is shown on its page: a short title, the method in a line, and a figure.

The one place where an experiment's name meets its figure. Brings in no torch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from explorer.experiments.experiment import Numbers
from explorer.locale import Translate

if TYPE_CHECKING:
    import altair as alt
    import plotly.graph_objects as go

    Drawing: TypeAlias = alt.Chart | alt.LayerChart | go.Figure


@dataclass(frozen=True)
class Shown:
    """How one experiment is shown.

    Attributes:
        title: Of a few words, to choose it by; an English message that the catalogues translate.
        method: What was measured and how, the formula if there is one; Markdown, likewise.
        figure: Draws the numbers that were measured, in the reader's language.
    """

    title: str
    method: str
    figure: Callable[[Numbers, Translate], Drawing]


#: By the experiment's name in the catalogue.
SHOWN: Mapping[str, Shown] = MappingProxyType({})
