"""How each experiment is shown on its page: a short title, the method in a line, and a figure.

The one place where an experiment's name meets its figure. Brings in no torch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from explorer.experiments.experiment import Numbers
from explorer.locale import N_, Translate
from explorer.web.experiments import deep

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
SHOWN: Mapping[str, Shown] = MappingProxyType(
    {
        "layer-memory": Shown(
            N_("What layers remember"),
            N_(
                "A trained LSTM of three layers reads a story that it has never seen. Half-life "
                "comes from the forget gates. For the rest, a linear probe (ridge regression) "
                "learns to read a property off a layer's hidden state and memory on all "
                "paragraphs but one, and is asked about that one; bars are the standard deviation "
                "over the paragraphs, grey strokes what always saying the commonest would get "
                "right."
            ),
            deep.probes,
        ),
        "convergence": Shown(
            N_("What training takes"),
            N_(
                "Small LSTMs, with one layer and with three, learn short English sentences by "
                "plain stochastic gradient descent: a few hundred updates at each learning rate "
                "and norm to clip at, from several seeds. A number is the loss at the end, their "
                "mean; a sign stands for each run: ✔ better than guessing by the character before "
                "(converged), ○ not yet, ✖ worse than knowing nothing, or no number at all "
                "(diverged). The training laboratory repeats any of them."
            ),
            deep.convergence,
        ),
    }
)
