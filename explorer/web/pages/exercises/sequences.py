"""The exercises of sections 9.5 to 9.8: translation, its data, and search."""

from explorer.exercises.programs import NUMBER_WORDS, OUTPUT_LAYERS
from explorer.locale import N_
from explorer.web.pages.exercises.exercise import Exercise, Link

SEQUENCES = (
    Exercise(
        "9.5",
        1,
        N_("Load more or fewer sentence pairs. How do the vocabularies grow?"),
        (
            Link(
                "corpus",
                {"source": "whole", "show": "growth"},
                N_("Distinct words against words read, for both languages."),
            ),
        ),
    ),
    Exercise(
        "9.5",
        2,
        N_(
            "Chinese and Japanese do not mark where words end. Are words still good tokens for "
            "them?"
        ),
        (
            Link(
                "corpus",
                {"source": "text", "show": "growth"},
                N_(
                    "English–Chinese pairs: without spaces, the rules split into "
                    "characters; compare "
                    "with subwords, which are learned. Or paste pairs of your own."
                ),
            ),
            Link(
                "translation",
                {"model": "en-zh-gru"},
                N_("A model that writes Chinese in characters, and needs no word’s boundary."),
            ),
        ),
    ),
    Exercise(
        "9.6",
        1,
        N_("Must encoder and decoder be networks of the same kind?"),
        (
            Link(
                "encoder_decoder",
                {"show": "shape"},
                N_(
                    "Only a state of fixed shape passes between them: any network that "
                    "produces this "
                    "shape will do as an encoder."
                ),
            ),
        ),
    ),
    Exercise(
        "9.6",
        2,
        N_("Apart from translation, what could an encoder and a decoder be used for?"),
        program=NUMBER_WORDS,
    ),
    Exercise(
        "9.7",
        1,
        N_("Do other hyperparameters translate better?"),
        (
            Link(
                "translation",
                {"show": "model"},
                N_("What the models here reach on the test sentences: BLEU by beam width."),
            ),
        ),
        missing=N_("Only a few settings were tried: one training takes hours."),
    ),
    Exercise(
        "9.7",
        2,
        N_("Leave the mask out of the loss. What happens, and why?"),
        (
            Link(
                "translation",
                {"show": "padding"},
                N_("The loss of a batch with and without the mask, position by position."),
            ),
            Link(
                "translation",
                {"show": "claims", "claim": "masked-loss"},
                N_("Small models trained with and without the mask, over several seeds."),
            ),
        ),
    ),
    Exercise(
        "9.7",
        3,
        N_(
            "Encoder and decoder differ in layers or units. How can the decoder’s state be "
            "initialized?"
        ),
        (
            Link(
                "encoder_decoder",
                {"show": "shape"},
                N_("The state that is handed over, layer by layer: its shape has to match."),
            ),
        ),
        program=NUMBER_WORDS,
    ),
    Exercise(
        "9.7",
        4,
        N_("Feed the decoder its own predictions in training. How do the results change?"),
        (
            Link(
                "translation",
                {"show": "forcing"},
                N_(
                    "The same decoder fed the reference’s words and its own: where the two diverge."
                ),
            ),
            Link(
                "translation",
                {"show": "claims", "claim": "teacher-forcing"},
                N_("Small models trained both ways, over several seeds."),
            ),
        ),
        program=NUMBER_WORDS,
    ),
    Exercise(
        "9.7",
        5,
        N_("Replace the GRU with an LSTM."),
        (
            Link(
                "translation",
                {"model": "en-fr-lstm", "show": "model"},
                N_("The LSTM’s BLEU; choose en-fr-gru at the top for the GRU’s."),
            ),
            Link(
                "translation",
                {"model": "en-fr-lstm", "show": "gates", "gates": "heatmaps"},
                N_("The gates of encoder and decoder during translation."),
            ),
        ),
    ),
    Exercise(
        "9.7",
        6,
        N_("What other output layers could the decoder have?"),
        program=OUTPUT_LAYERS,
    ),
    Exercise(
        "9.8",
        1,
        N_("Is exhaustive search a special case of beam search?"),
        (
            Link(
                "search",
                {"of": "table", "searches": "beam,exhaustive", "width": "50", "alpha": "0.0"},
                N_(
                    "A beam wide enough to prune nothing visits every prefix and finds what "
                    "exhaustive search finds; reduce k until it no longer does."
                ),
            ),
        ),
    ),
    Exercise(
        "9.8",
        2,
        N_("Translate with beam search. How does the beam width affect results and speed?"),
        (
            Link(
                "search",
                {
                    "of": "en-fr-gru",
                    "searches": "greedy,beam",
                    "width": "10",
                    "show": "widths",
                },
                N_(
                    "What greedy search and a beam of width 10 find; below, all widths and their "
                    "cost."
                ),
            ),
            Link(
                "translation",
                {"show": "model"},
                N_("BLEU on 2,000 sentences: greedy search and beam widths 5 and 10."),
            ),
        ),
    ),
    Exercise(
        "9.8",
        3,
        N_("Which search does a language model use to continue a prefix? Can it be improved?"),
        (
            Link(
                "search",
                {"of": "gru-timemachine", "searches": "greedy,beam,exact"},
                N_(
                    "Greedy search completes a word with the most likely character each time; the "
                    "others look further ahead."
                ),
            ),
        ),
    ),
)
