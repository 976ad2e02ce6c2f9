"""How the claims of 9.1 and 9.2, gated networks, are shown. Brings in no torch."""

from collections.abc import Mapping
from types import MappingProxyType

from explorer.locale import N_
from explorer.web.shared.claims import cost, gates, gradients, remembering, trained
from explorer.web.shared.claims.shown import Shown

#: By the experiment's name in the catalogue.
GATED: Mapping[str, Shown] = MappingProxyType(
    {
        "long-dependencies": Shown(
            N_("Long dependencies"),
            N_(
                "A plain RNN, a GRU and an LSTM learn from PyTorch's own start, every lag from the "
                "first update, with the same plan: the recall language, asked {lag} characters "
                "after the key, and the adding problem over {lag} steps. Lines: mean over {seeds} "
                "seeds; bands: one standard deviation. The difference is in learning, not in what "
                "a plain RNN can hold: below, one answers that began with an orthogonal matrix and "
                "lags that grow."
            ),
            N_(
                "It holds if, in recall, in skipping and in the adding problem, the worst of "
                "{seeds} seeds of both gated networks beats the best of the plain RNN's; in part "
                "if in some of the {all} comparisons. A plain RNN as good as the worst seed with "
                "gates makes that comparison fail. Without any difference, {seeds} seeds of each "
                "lie so apart once in {once} times."
            ),
            trained.long_dependencies,
            also=["9.2"],
            more=remembering.show_remembering,
        ),
        "reset-update-lags": Shown(
            N_("Short and long memory"),
            N_(
                "One character of a text is replaced: $\\left|h'_{t+k}-h_{t+k}\\right|$ measures "
                "how much the unit depends on what lies $k$ characters back. Half-life: "
                "$\\ln\\tfrac12\\,/\\,\\overline{\\ln Z_t}$. Each dot is one unit of "
                "gru-timemachine; "
                "the text is the project's own."
            ),
            N_(
                "It holds if holding the update gates loses a larger share at long lags than at "
                "the short one, and holding the reset gates a larger share at the short one: the "
                "95% interval of the difference, over parts of the text, is above 0; in part if "
                "one of the two is so. An interval that reaches 0 makes that half fail."
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
            N_(
                "It holds if no difference after one step, nor after steps that are copied, "
                "exceeds $10^{-5}$ in float32 or $10^{-13}$ in float64; in part if so in one "
                "precision alone. A single larger difference makes it fail."
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
            N_(
                "It holds if, on its hardest task, each gate alone gives at most 1 percentage "
                "point fewer right answers than both gates (the 95% interval of the difference, "
                "over seeds, begins at −1 or above) where both give at least 99%, and the model "
                "trained with both gives less than 90% without either (the interval over "
                "questions ends below that); in part if some of the four are so. An interval that "
                "passes its limit makes that part fail; few seeds make it wide."
            ),
            gates.one_gate,
        ),
        "ideal-gates": Shown(
            N_("The ideal gates"),
            N_(
                "GRUs, trained from PyTorch's own start with {seeds} seeds, read texts that "
                "announce a key and ask for it {lag} characters later. A unit is weighted by how "
                "far its state just before the question moves if another key is announced; bars: "
                "one standard deviation over the models."
            ),
            N_(
                "It holds if the 95% interval of every mean gate lies within 0.25 of the ideal, "
                "and that of what it costs to set all units to the ideal ends at 0.1 nats or "
                "below; in part if one of the two is so. A gate farther off or a higher cost makes "
                "it fail."
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
            N_(
                "It holds if, where the output is read, clearing the memory cell costs exactly 0 "
                "and closing the output gate more than 0.1 nats; and if halfway to the question, "
                "clearing costs more than 0.1 nats and closing less: by the 95% intervals over "
                "sets of questions and parts of a text. In part if one of the two is so. Any cost "
                "of clearing where the output is read, or an interval that reaches 0.1, makes its "
                "part fail."
            ),
            gates.output_path,
        ),
        "gradients": Shown(
            N_("Vanishing and exploding gradients"),
            N_(
                "$\\left\\|\\partial S_T/\\partial S_t\\right\\|_2$, the largest effect "
                "that a small "
                "change of the state $S$ ($H$; for an LSTM, $H$ and $C$) can still have $T-t$ "
                "steps later: the product of every step's exact Jacobian, in float64; {texts} "
                "texts of {steps} steps."
            ),
            N_(
                "It holds if, over 100 steps, the factor of both gated networks is nearer to 1 "
                "than the plain RNN's in every comparison: the 95% interval, over texts or seeds, "
                "of how much nearer is above 0; in part if in some. An interval that reaches 0 "
                "makes that comparison fail."
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
            N_(
                "It holds if the 95% interval of every ratio, over blocks of turns, at each size, "
                "to run and to train, is within a factor of 1.5 of the expected 3 or 4; in part if "
                "some are. An interval that reaches below 2 or above 4.5 for a GRU, or below 2.67 "
                "or above 6 for an LSTM, fails."
            ),
            cost.cost,
            also=["9.1"],
            more=cost.list_sizes,
        ),
        "held-memory": Shown(
            N_("A memory held"),
            N_(
                "Questions of the recall task, whose key stands {lags} characters before; "
                "lstm-recall saw up to {learned} in training. From behind the key to before the "
                "question, $F_t = 1$ and $I_t = 0$, or as they are. Bars: one standard deviation "
                "over sets of texts."
            ),
            N_(
                "It holds if the held memory cell moves by at most $10^{-6}$, and holding the "
                "gates answers more of the farthest questions: the 95% interval of the gain is "
                "above 0; in part if one of the two is so. A larger move, or an interval that "
                "reaches 0, makes it fail."
            ),
            gates.held_memory,
        ),
    }
)
