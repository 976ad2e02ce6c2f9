"""How each experiment is shown on its page: a short title, the method in a line, and a figure.

The one place where an experiment's name meets its figure. Brings in no torch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from explorer.experiments.experiment import Numbers
from explorer.locale import N_
from explorer.web.shared.claims import bidirectional, cost, deep, gates, gradients, translation

if TYPE_CHECKING:
    import altair as alt
    import plotly.graph_objects as go

    from explorer.web.kit.frame import Frame

    Drawing: TypeAlias = alt.Chart | alt.LayerChart | go.Figure


@dataclass(frozen=True)
class Shown:
    """How one experiment is shown.

    Attributes:
        title: Of a few words, to choose it by; an English message that the catalogues translate.
        method: What was measured and how, the formula if there is one; Markdown, likewise.
        figure: Draws the numbers that were measured, in the reader's language.
        also: Other sections than the experiment's own whose pages show it.
        more: Shows what else was measured, with controls of its own; None if there is no more.
    """

    title: str
    method: str
    figure: Callable[[Numbers], Drawing]
    also: Sequence[str] = ()
    more: Callable[[Frame, Numbers], None] | None = None


#: By the experiment's name in the catalogue.
SHOWN: Mapping[str, Shown] = MappingProxyType(
    {
        "reset-update-lags": Shown(
            N_("Short and long memory"),
            N_(
                "One character of a text is replaced: $\\left|h'_{t+k}-h_{t+k}\\right|$ measures "
                "how much the unit depends on what lies $k$ characters back. Half-life: "
                "$\\ln\\tfrac12\\,/\\,\\overline{\\ln Z_t}$. Each dot is one unit of "
                "gru-timemachine; "
                "the text is the project's own."
            ),
            gates.reset_update_lags,
        ),
        "plain-rnn": Shown(
            N_("A GRU contains a plain RNN"),
            N_(
                "$R_t=1$ and $Z_t=0$ turn $Z_t\\odot H_{t-1} + (1-Z_t)\\odot\\tilde H_t$ into "
                "$\\tanh(X_tW_{xh}+H_{t-1}W_{hh}+b_h)$. Shown is the largest difference of any "
                "unit, in any of many sequences, from an `nn.RNN` with the same weights within "
                "so many steps."
            ),
            gates.plain_rnn,
        ),
        "one-gate": Shown(
            N_("Only one gate"),
            N_(
                "Reset alone: update held at 0, so the state is the candidate. Update alone: "
                "reset held at 1. Bars: one standard deviation, over seeds where the models were "
                "trained with one gate."
            ),
            gates.one_gate,
        ),
        "ideal-gates": Shown(
            N_("The ideal gates"),
            N_(
                "Texts of gru-recall that announce a key and ask for it much later. A unit is "
                "weighted by how far its state just before the question moves if another key is "
                "announced; bars: one standard deviation over the texts."
            ),
            gates.ideal_gates,
        ),
        "output-path": Shown(
            N_("Two paths through an LSTM"),
            N_(
                "$H_t = O_t\\odot\\tanh C_t$: at one step $O_t$ is set to 0; or $C_t$ to 0 with "
                "$H_t$ held; or both to 0. Shown is the increase in the loss $-\\ln p$ of the "
                "answer of lstm-recall, and of the next characters of lstm-timemachine."
            ),
            gates.output_path,
        ),
        "gradients": Shown(
            N_("Vanishing and exploding gradients"),
            N_(
                "$\\left\\|\\partial S_T/\\partial S_t\\right\\|_2$, the largest effect "
                "that a small "
                "change of the state $S$ ($H$; for an LSTM, $H$ and $C$) can still have $T-t$ "
                "steps later: the product of every step's exact Jacobian, in float64; 6 texts of "
                "400 steps."
            ),
            gradients.gradients,
            also=["9.1"],
            more=gradients.vary_gradients,
        ),
        "cost": Shown(
            N_("What gates cost"),
            N_(
                "PyTorch's own layers on one thread, run in turn, in processor time; each dot is "
                "a ratio of medians, its bar one standard deviation over blocks of turns. "
                "Diamonds: matrix products per step."
            ),
            cost.cost,
            also=["9.1"],
            more=cost.list_sizes,
        ),
        "layer-memory": Shown(
            N_("What layers remember"),
            N_(
                "A trained three-layer LSTM reads a story that it has never seen. Half-life "
                "comes from the forget gates. For the rest, a linear probe (ridge regression) "
                "learns to read a property off a layer's hidden state and memory cell on all "
                "paragraphs but one, and is tested on that one; bars: one standard deviation "
                "over the paragraphs; grey ticks: always predicting the majority class."
            ),
            deep.probes,
        ),
        "convergence": Shown(
            N_("Training deep networks"),
            N_(
                "Small LSTMs, with one layer and with three, learn short English sentences by "
                "plain stochastic gradient descent: a few hundred updates at each learning rate "
                "and clipping norm, from several seeds. Each number is the mean of the final "
                "losses; each symbol is one run: ✔ better than guessing by the previous "
                "character (converged), ○ not yet, ✖ worse than knowing nothing, or not finite "
                "(diverged). The training laboratory repeats any of them."
            ),
            deep.convergence,
            more=deep.repeat,
        ),
        "both-directions": Shown(
            N_("Both sides decide"),
            N_(
                "In each of the project's own sentences, the last word, then the first, is "
                "replaced by “today”; $\\|\\Delta H_t\\|\\,/\\,\\|H_t\\|$ measures how much "
                "the forward "
                "and the backward state of bilstm-infill change at the other positions. Bands: "
                "one standard deviation over states."
            ),
            bidirectional.both_directions,
        ),
        "forward-backward": Shown(
            N_("Related to forward–backward"),
            N_(
                "Networks that see states and symbols drawn from a hidden Markov model, never a "
                "probability; then $\\mathrm{KL}(P(z_t\\mid x)\\,\\|\\,q_t)$, where $q_t$ is the "
                "network's prediction, averaged over the positions of new sequences. Bars: one "
                "standard deviation over five seeds."
            ),
            bidirectional.forward_backward,
        ),
        "next-word": Shown(
            N_("Not for the next word"),
            N_(
                "$-\\ln p$ of the words of the project's own sentences: each with all the context "
                "that the model reads, and each as the last word of a sentence that breaks off "
                "after it, also with a full stop added. Bars: one standard deviation over "
                "sentences."
            ),
            bidirectional.next_word,
        ),
        "two-directions-cost": Shown(
            N_("What both directions cost"),
            N_(
                "One update of one LSTM layer, 32 sequences of 64 steps, 160 units per "
                "direction, one thread; the three layers take turns, and a round gives one ratio "
                "of processor times. Memory is what the forward pass keeps for the backward "
                "pass. Bars: one standard deviation over rounds."
            ),
            bidirectional.two_directions_cost,
        ),
        "rare-words": Shown(
            N_("Rare words"),
            N_(
                "Counted over all English–French pairs that the models were trained on. A word "
                "that occurs less often than a limit becomes the unknown token; the book keeps "
                "words that occur at least twice."
            ),
            translation.rare_words,
        ),
        "one-shape": Shown(
            N_("One shape for every length"),
            N_(
                "The encoder's final state, layer by layer, and the translations by beam search "
                "with width 5, for each of the project's own sentences. BLEU is that of single "
                "sentences; bars: one standard deviation over them."
            ),
            translation.one_shape,
        ),
        "masked-loss": Shown(
            N_("Padding and the mask"),
            N_(
                "The mean of $-\\ln p$ over 20 random minibatches of 8 of the project's own "
                "pairs, computed in three ways; no model was taught what padding means. Bars: "
                "one standard deviation over minibatches."
            ),
            translation.masked_loss,
        ),
        "beam-trade-off": Shown(
            N_("Between greedy and exhaustive"),
            N_(
                "Translations of the project's own sentences of up to 8 words, ranked by log p: "
                "every search compared with the optimum that exact search proves. Exhaustive "
                "search is counted, not run: $|\\mathcal{Y}|^{T'}$."
            ),
            translation.beam_trade_off,
        ),
    }
)
