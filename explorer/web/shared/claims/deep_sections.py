"""How the claims of 9.3 and 9.4, deep and bidirectional networks, are shown. Brings in no torch."""

from collections.abc import Mapping
from types import MappingProxyType

from explorer.locale import N_
from explorer.web.shared.claims import bidirectional, deep, trained
from explorer.web.shared.claims.shown import Shown

#: By the experiment's name in the catalogue.
DEEP: Mapping[str, Shown] = MappingProxyType(
    {
        "two-layers": Shown(
            N_("One layer or two"),
            N_(
                "Small GRU translators of number words, trained for {updates} updates: encoder and "
                "decoder with one layer, with two of the same width, and with two that together "
                "have as many parameters (to {unlike}). Shown is $-\\ln p$ of a token of held-out "
                "numbers; bars: one standard deviation over {seeds} seeds."
            ),
            N_(
                "It holds if two layers save nats at the same width and at the same number of "
                "parameters: the 95% interval of the difference, seed by seed, is above 0; in part "
                "if at one of them. An interval that reaches 0 makes that comparison fail."
            ),
            trained.two_layers,
        ),
        "three-layers": Shown(
            N_("Three layers or one"),
            N_(
                "Bits per character of {parts} parts of the project's own sentences, which neither "
                "model has read: lstm-timemachine with one layer, and deep-lstm-timemachine with "
                "three. Bars: one standard deviation over the "
                "parts."
            ),
            N_(
                "It holds if the 95% interval of the bits that three layers save, part by part, is "
                "above 0; if it reaches 0, it does not hold."
            ),
            deep.three_layers,
        ),
        "layer-memory": Shown(
            N_("What layers remember"),
            N_(
                "The three-layer LSTM deep-lstm-timemachine reads a story that it has never seen. "
                "Half-life comes from the forget gates. For the rest, a linear probe (ridge "
                "regression) learns to read a property off a layer's hidden state and memory cell "
                "on all paragraphs but one, and is tested on that one; bars: one standard "
                "deviation over the paragraphs; grey ticks: always predicting the majority class."
            ),
            N_(
                "It holds if every layer has a longer half-life than the one below, letters are "
                "read better off the lowest layer than off the highest, and words of the sentence "
                "better off the highest: each by a 95% interval over scenes that is above 0; in "
                "part if some of the three are so. An interval that reaches 0 makes its part fail."
            ),
            deep.probes,
        ),
        "convergence": Shown(
            N_("Training deep networks"),
            N_(
                "Small LSTMs, with one layer and with three, learn short English sentences by "
                "plain stochastic gradient descent: {updates} updates at each learning rate and "
                "clipping norm, from {seeds} seeds. Each number is the mean of the final "
                "losses; each symbol is one run: ✔ better than guessing by the previous "
                "character (converged), ○ not yet, ✖ worse than knowing nothing, or not finite "
                "(diverged). The training laboratory repeats any of them."
            ),
            N_(
                "It holds if there are more settings in which three layers lose runs than in which "
                "they win some, and more learning rates at which clipping at 1, against none, "
                "saves more runs of three layers than of one: sign tests with p < 0.05. In part if "
                "one of the two is so. A p of 0.05 or more makes that part fail. Initial weights "
                "are judged apart."
            ),
            deep.convergence,
            more=deep.repeat,
        ),
        "initialisation": Shown(
            N_("Initial weights of deep networks"),
            N_(
                "The small LSTMs of “Training deep networks”, at the setting of its grid that "
                "suits both depths best: learning rate {rate} with clipping at {clip} (the whole "
                "grid, with as many starts, would take hours). The recurrent layers start as "
                "PyTorch draws them, uniform in $\\pm1/\\sqrt h$; with orthogonal recurrent "
                "matrices; from $N(0, ({small})^2)$ with biases 0, as in the book's own "
                "implementations; or three times as large as PyTorch's. Dots: mean final loss, at "
                "most that of knowing nothing; bars: one standard deviation over the seeds."
            ),
            N_(
                "It holds if, with three layers, the start decides more often whether a network "
                "converges (it does from some starts and not from others), and more nats lie "
                "between the best start and the worst: the 95% interval over the seeds, of three "
                "layers less one, is above 0. In part if one of the two is so. An interval that "
                "reaches 0 makes that part fail."
            ),
            deep.initialisation,
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
            N_(
                "It holds if more than 99% of the states change in the half that has read the "
                "changed word, and none in the other half; in part if more than half of them do. A "
                "single change in the other half would have made it hold in part at most."
            ),
            bidirectional.both_directions,
        ),
        "forward-backward": Shown(
            N_("Related to forward–backward"),
            N_(
                "Networks that see states and symbols drawn from a hidden Markov model, never a "
                "probability; then $\\mathrm{KL}(P(z_t\\mid x)\\,\\|\\,q_t)$, where $q_t$ is the "
                "network's prediction, averaged over the positions of new sequences. Bars: one "
                "standard deviation over {seeds} seeds."
            ),
            N_(
                "It holds if, by the 95% intervals over the seeds, the bidirectional network is "
                "within 0.02 nats of smoothing and the forward network within 0.02 of filtering, "
                "yet more than 0.04 from smoothing; in part if some of the three are so. An "
                "interval that reaches past its limit makes that part fail."
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
            N_(
                "It holds if the forward model's perplexity is higher than the bidirectional "
                "model's with both sides visible, and the latter's for the next word more than 1.5 "
                "times the forward model's, even with a full stop behind: the 95% interval of the "
                "ratio (bootstrap over sentences) is above 1, and above 1.5. In part if one of the "
                "two is so. An interval that reaches its limit makes that part fail."
            ),
            bidirectional.next_word,
        ),
        "two-directions-cost": Shown(
            N_("What both directions cost"),
            N_(
                "One update of one LSTM layer, {sequences} sequences of {steps} steps, {units} "
                "units per direction, one thread; the three layers take turns, and a round gives "
                "one ratio of processor times. Memory is what the forward pass keeps for the "
                "backward pass. Bars: one standard deviation over rounds."
            ),
            N_(
                "It holds if both directions take longer than one of the same size and than one "
                "with as many parameters (the 95% interval of the ratio, over rounds, is above 1), "
                "and gradients go through longer chains with one layer and with two; in part if "
                "some of the four are so. An interval that reaches 1, or an equal chain, makes "
                "that part fail."
            ),
            bidirectional.two_directions_cost,
        ),
    }
)
