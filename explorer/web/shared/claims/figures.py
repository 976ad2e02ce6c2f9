"""How each experiment is shown on its page: a short title, the method in a line, and a figure.

The one place where an experiment's name meets its figure. Brings in no torch.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from explorer.locale import N_
from explorer.web.shared.claims import (
    bidirectional,
    cost,
    deep,
    gates,
    gradients,
    remembering,
    trained,
    translation,
)
from explorer.web.shared.claims.shown import Shown

#: By the experiment's name in the catalogue.
SHOWN: Mapping[str, Shown] = MappingProxyType(
    {
        "long-dependencies": Shown(
            N_("Long dependencies"),
            N_(
                "A plain RNN, a GRU and an LSTM learn from PyTorch's own start, every lag from the "
                "first update, with the same plan: the recall language, asked 100 characters after "
                "the key, and the adding problem over 100 steps. Lines: mean over five seeds; "
                "bands: one standard deviation. The difference is in learning, not in what a "
                "plain RNN can hold: rnn-recall, from an orthogonal matrix, with lags that grow "
                "and 12,000 updates, still answers at lag 1,600, where gru-recall and lstm-recall "
                "begin to fail."
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
                "Five GRUs, trained from PyTorch's own start, read texts that announce a key and "
                "ask for it 50 characters later. A unit is weighted by how far its state just "
                "before the question moves if another key is announced; bars: one standard "
                "deviation over the models."
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
        "held-memory": Shown(
            N_("A memory held"),
            N_(
                "Questions of the recall task, whose key stands 100, 400 or 1,600 characters "
                "before; lstm-recall saw up to 200 in training. From behind the key to before the "
                "question, $F_t = 1$ and $I_t = 0$, or as they are. Bars: one standard deviation "
                "over sets of texts."
            ),
            gates.held_memory,
        ),
        "two-layers": Shown(
            N_("One layer or two"),
            N_(
                "Small GRU translators of number words, trained for 400 updates: encoder and "
                "decoder with one layer, with two of the same width, and with two that together "
                "have as many parameters (to 2%). Shown is $-\\ln p$ of a token of held-out "
                "numbers; bars: one standard deviation over five seeds."
            ),
            trained.two_layers,
        ),
        "three-layers": Shown(
            N_("Three layers or one"),
            N_(
                "Bits per character of ten parts of the project's own sentences, which neither "
                "model has read: lstm-timemachine with one layer of 256 units, and "
                "deep-lstm-timemachine with three of 128. Bars: one standard deviation over the "
                "parts."
            ),
            deep.three_layers,
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
        "padding-batches": Shown(
            N_("Padded minibatches"),
            N_(
                "Minibatches of number words, padded to the longest, beside the same sentences one "
                "at a time: the gradient of the mean loss of a token, and the processor time for "
                "it. Bars: one standard deviation over minibatches."
            ),
            trained.padding_batches,
        ),
        "one-shape": Shown(
            N_("One shape for every length"),
            N_(
                "The encoder's final state, layer by layer, and the translations by beam search "
                "with width 5, for each of the project's own sentences, one in ten with a rare "
                "word. BLEU is that of single sentences; bars: one standard deviation over them."
            ),
            translation.one_shape,
        ),
        "any-length": Shown(
            N_("Outputs of any length"),
            N_(
                "Each of the project's own sentences, one in ten with a rare word, translated by "
                "beam search with width 5: words and marks of the source, of the output and of "
                "the reference. Bars: one standard deviation over sentences."
            ),
            translation.any_length,
        ),
        "masked-loss": Shown(
            N_("Padding and the mask"),
            N_(
                "Small GRU translators of number words, trained from the same starts on the same "
                "minibatches with the mask, with padding counted as targets, and with an encoder "
                "that reads padding. Shown is $-\\ln p$ of a token of held-out numbers, padding "
                "never counted; bars: one standard deviation over five seeds."
            ),
            trained.masked_loss,
        ),
        "teacher-forcing": Shown(
            N_("Teacher forcing"),
            N_(
                "Small GRU translators of number words: in training, the decoder reads the "
                "reference, or the token that it thought likeliest itself. Afterwards both read "
                "what they write. Bars: one standard deviation over five seeds."
            ),
            trained.teacher_forcing,
        ),
        "drifting-context": Shown(
            N_("A constant context"),
            N_(
                "The same trained translators of number words are used twice: the context at every "
                "step is the encoder's final state, as in training, or the decoder's own last "
                "state, as in earlier code of the book (d2l-en, issue 2134). Bars: one standard "
                "deviation over five models."
            ),
            trained.drifting_context,
        ),
        "bleu-order": Shown(
            N_("BLEU and another measure"),
            N_(
                "Each of the project's own sentences, one in ten with a rare word, translated by "
                "both models: the book's BLEU of up to two words beside chrF, which compares "
                "n-grams of characters. Each dot is one translation."
            ),
            translation.bleu_order,
        ),
        "beam-trade-off": Shown(
            N_("Between greedy and exhaustive"),
            N_(
                "Translations of the project's own sentences of up to 8 words, some with a rare "
                "word, ranked by $\\log p / L^{0.75}$ as on the pages: "
                "every search compared with the optimum that exact search proves. Exhaustive "
                "search is counted, not run: $|\\mathcal{Y}|^{T'}$."
            ),
            translation.beam_trade_off,
        ),
        "length-penalty": Shown(
            N_("Dividing by the length"),
            N_(
                "Each of the project's own sentences, one in ten with a rare word, translated by "
                "beam search with width 5, ranked by $\\log p$ and by $\\log p / L^{0.75}$. "
                "Bars: one standard deviation over sentences."
            ),
            translation.length_penalty,
        ),
    }
)
