"""How each experiment is shown on its page: a short title, the method in a line, and a figure.

The one place where an experiment's name meets its figure. Brings in no torch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from explorer.experiments.experiment import Numbers
from explorer.locale import N_, Translate
from explorer.web.experiments import bidirectional, gates

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
        also: Other sections than the experiment's own whose pages show it.
    """

    title: str
    method: str
    figure: Callable[[Numbers, Translate], Drawing]
    also: Sequence[str] = ()


#: By the experiment's name in the catalogue.
SHOWN: Mapping[str, Shown] = MappingProxyType(
    {
        "reset-update-lags": Shown(
            N_("Short and long memory"),
            N_(
                "One character of a text is replaced: $\\left|h'_{t+k}-h_{t+k}\\right|$ says how "
                "far the unit depends on what lies $k$ characters back. Half-life: "
                "$\\ln\\tfrac12\\,/\\,\\overline{\\ln Z_t}$. A dot is a unit of gru-timemachine; "
                "the text is the project's own."
            ),
            gates.reset_update_lags,
        ),
        "plain-rnn": Shown(
            N_("A plain RNN inside"),
            N_(
                "$R_t=1$ and $Z_t=0$ turn $Z_t\\odot H_{t-1} + (1-Z_t)\\odot\\tilde H_t$ into "
                "$\\tanh(X_tW_{xh}+H_{t-1}W_{hh}+b_h)$. The greatest difference of any unit, in "
                "any of many sequences, from an `nn.RNN` of the same weights within so many steps."
            ),
            gates.plain_rnn,
        ),
        "one-gate": Shown(
            N_("Only one gate"),
            N_(
                "Reset alone: update held at 0, so the state is the candidate. Update alone: reset "
                "held at 1. A bar is a standard deviation, over seeds where the models were "
                "trained so."
            ),
            gates.one_gate,
        ),
        "ideal-gates": Shown(
            N_("The ideal gates"),
            N_(
                "Texts of gru-recall that announce a key and ask for it much later. A unit counts "
                "by how far its state just before the question moves if another key is announced; "
                "a bar is a standard deviation over the texts."
            ),
            gates.ideal_gates,
        ),
        "output-path": Shown(
            N_("Two ways through an LSTM"),
            N_(
                "$H_t = O_t\\odot\\tanh C_t$: at one step $O_t$ is set to 0, or $C_t$ to 0 with "
                "$H_t$ held, or both are 0. What it adds to the loss $-\\ln p$ of the answer of "
                "lstm-recall, and of the next characters of lstm-timemachine."
            ),
            gates.output_path,
        ),
        "both-directions": Shown(
            N_("Both sides decide"),
            N_(
                "In each of the project's own sentences the last word, then the first, is replaced "
                "by “today”; $\\|\\Delta H_t\\|\\,/\\,\\|H_t\\|$ says how far the forward and "
                "the backward state of bilstm-infill move at the other places. A bar is a standard "
                "deviation over states."
            ),
            bidirectional.both_directions,
        ),
        "forward-backward": Shown(
            N_("Kin to forward–backward"),
            N_(
                "Networks that are shown states and symbols drawn from a hidden Markov model, "
                "never a probability; then $\\mathrm{KL}(P(z_t\\mid x)\\,\\|\\,q_t)$ with $q_t$ as "
                "the network says it, averaged over the places of new sequences. A bar is a "
                "standard deviation over five seeds."
            ),
            bidirectional.forward_backward,
        ),
        "next-word": Shown(
            N_("Not for the next word"),
            N_(
                "$-\\ln p$ of the words of the project's own sentences: each with all that the "
                "model reads of the others, and each as the last of a sentence that breaks off "
                "behind it, also with a full stop added. A bar is a standard deviation over "
                "sentences."
            ),
            bidirectional.next_word,
        ),
        "two-directions-cost": Shown(
            N_("What both directions cost"),
            N_(
                "An update of one LSTM layer, 32 sequences of 64 steps, 160 units a direction, "
                "one thread; the three layers take turns, and a round is one ratio of processor "
                "times. Memory is what the forward pass keeps for the backward pass. A bar is a "
                "standard deviation over rounds."
            ),
            bidirectional.two_directions_cost,
        ),
    }
)
