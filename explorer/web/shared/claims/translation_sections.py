"""How the claims of 9.5 to 9.8, translation, are shown. Brings in no torch."""

from collections.abc import Mapping
from types import MappingProxyType

from explorer.locale import N_
from explorer.web.shared.claims import trained, translation
from explorer.web.shared.claims.shown import Shown

#: By the experiment's name in the catalogue.
TRANSLATION: Mapping[str, Shown] = MappingProxyType(
    {
        "rare-words": Shown(
            N_("Rare words"),
            N_(
                "Counted over all English–French pairs that the models were trained on. A word "
                "that occurs less often than a limit becomes the unknown token; the book keeps "
                "words that occur at least twice."
            ),
            N_(
                "It holds if both languages have at least 50 times as many distinct words as "
                "characters, and what occurs once is at least a quarter of these words and at most "
                "2% of the text; in part if one of the two is so. All pairs are counted, so there "
                "is no interval: a count past its limit makes that part fail."
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
            N_(
                "It holds if the two gradients never differ by more than $10^{-4}$ of their norm, "
                "and a minibatch of 32 is computed faster: the 95% interval of the ratio is above "
                "1; in part if one of the two is so. A larger difference, or an interval that "
                "reaches 1, makes that part fail."
            ),
            trained.padding_batches,
        ),
        "one-shape": Shown(
            N_("One shape for every length"),
            N_(
                "The encoder's final state, layer by layer, and the translations by beam search "
                "with width 5, for each of the project's own sentences, some with a rare "
                "word. BLEU is that of single sentences; bars: one standard deviation over them."
            ),
            N_(
                "It holds if the state has one shape for every sentence, and those of 10–20 words, "
                "beside those of 7–9, lose BLEU and cost more nats per character, with both "
                "models: the 95% interval of the difference is above 0; in part if in some of the "
                "four comparisons. An interval that reaches 0 makes that comparison fail, and a "
                "second shape the whole."
            ),
            translation.one_shape,
        ),
        "any-length": Shown(
            N_("Outputs of any length"),
            N_(
                "Each of the project's own sentences, some with a rare word, translated by "
                "beam search with width 5: words and punctuation marks of the source, of the "
                "output and of the reference. Bars: one standard deviation over sentences."
            ),
            N_(
                "It holds if, with both models, more than 95% of the outputs end by themselves, "
                "and outputs are nearer to the reference's length than sources are: the 95% "
                "intervals over sentences are above 95% and above 0; in part if some of the four "
                "are so. An interval that reaches its limit makes that part fail."
            ),
            translation.any_length,
        ),
        "masked-loss": Shown(
            N_("Padding and the mask"),
            N_(
                "Small GRU translators of number words, trained from the same starts on the same "
                "minibatches with the mask, with padding counted as targets, and with an encoder "
                "that reads padding. Shown is $-\\ln p$ of a token of held-out numbers, padding "
                "never counted; bars: one standard deviation over {seeds} seeds."
            ),
            N_(
                "It holds if both ways without a full mask cost nats: the 95% interval of the "
                "difference, seed by seed, is above 0; in part if one does. An interval that "
                "reaches 0 makes that part fail."
            ),
            trained.masked_loss,
        ),
        "teacher-forcing": Shown(
            N_("Teacher forcing"),
            N_(
                "Small GRU translators of number words: in training, the decoder reads the "
                "reference, or the token that it thought likeliest itself. Afterwards both read "
                "what they write. Bars: one standard deviation over {seeds} seeds."
            ),
            N_(
                "It holds if the 95% interval of the gain, seed by seed, is above 0; if it reaches "
                "0, it does not hold."
            ),
            trained.teacher_forcing,
        ),
        "drifting-context": Shown(
            N_("A constant context"),
            N_(
                "The same trained translators of number words are used twice: the context at every "
                "step is the encoder's final state, as in training, or the decoder's own last "
                "state, as in earlier code of the book (d2l-en, issue 2134). Bars: one standard "
                "deviation over {seeds} models."
            ),
            N_(
                "It holds if the 95% interval of what the constant context gains, model by model, "
                "is above 0; if it reaches 0, it does not hold."
            ),
            trained.drifting_context,
        ),
        "bleu-order": Shown(
            N_("BLEU and another measure"),
            N_(
                "Each of the project's own sentences, some with a rare word, translated by "
                "both models: the book's BLEU with $k=2$ beside chrF, which compares "
                "n-grams of characters. Each dot is one translation."
            ),
            N_(
                "It holds if the 95% interval (bootstrap over sentences) of the rank correlation "
                "lies above 0.7, and that of the share of pairs in which both prefer the same "
                "translation above 0.75, where chance gives 0.5; in part if one of the two is so. "
                "An interval that reaches its limit makes that part fail."
            ),
            translation.bleu_order,
        ),
        "beam-trade-off": Shown(
            N_("Between greedy and exhaustive"),
            N_(
                "Translations of the project's own sentences of up to {words} words, some with a "
                "rare word, ranked by $\\log p / L^{{alpha}}$ as on the pages: every search "
                "compared with the optimum that exact search proves. Exhaustive search is counted, "
                "not run: $|\\mathcal{Y}|^{T'}$."
            ),
            N_(
                "It holds if a beam of {judged} finds more proved optima than greedy search (sign "
                "test over the sentences where one of them alone does, p < 0.05), and a beam of "
                "{widest} scores fewer continuations than exhaustive search; in part if one of the "
                "two is so. A p of 0.05 or more, or as many continuations, makes that part fail."
            ),
            translation.beam_trade_off,
        ),
        "length-penalty": Shown(
            N_("Dividing by the length"),
            N_(
                "Each of the project's own sentences, some with a rare word, translated by "
                "beam search with width 5, ranked by $\\log p$ and by $\\log p / L^{{alpha}}$. "
                "Bars: one standard deviation over sentences."
            ),
            N_(
                "It holds if dividing by $L^{{alpha}}$ adds tokens and BLEU with both models: the "
                "95% interval over the sentences is above 0; in part if in some of the four "
                "comparisons. An interval that reaches 0 makes that comparison fail."
            ),
            translation.length_penalty,
        ),
    }
)
