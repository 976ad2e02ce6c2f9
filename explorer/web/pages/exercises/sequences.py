"""The exercises of sections 9.5 to 9.8: translation, its data, and search."""

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
                {"source": "whole"},
                N_("The first figure: different words against words read, for both languages."),
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
                {"source": "text"},
                N_(
                    "Pairs of English and Chinese: without spaces the rules cut into characters; "
                    "compare with pieces, which are learned. Paste pairs of your own."
                ),
            ),
        ),
        N_("Cutting Chinese into words takes a dictionary, which is not part of this project."),
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
                    "All that passes between them is a state of one shape: whatever makes that "
                    "shape will do as an encoder."
                ),
            ),
        ),
    ),
    Exercise(
        "9.6",
        2,
        N_("What else but translation could an encoder and a decoder be used for?"),
        missing=N_("A question to think about: the models here translate and do nothing else."),
    ),
    Exercise(
        "9.7",
        1,
        N_("Do other hyperparameters translate better?"),
        (
            Link(
                "translation",
                {"show": "model"},
                N_("What size, data and search are worth: BLEU of both models by beam width."),
            ),
        ),
        N_("Only two models were trained; trying others takes hours."),
    ),
    Exercise(
        "9.7",
        2,
        N_("Leave the mask out of the loss. What happens, and why?"),
        (
            Link(
                "translation",
                {"show": "padding"},
                N_("The loss of a batch with and without the mask, place by place."),
            ),
        ),
        N_("No model was trained without the mask."),
    ),
    Exercise(
        "9.7",
        3,
        N_("Encoder and decoder differ in layers or units. How can the decoder’s state begin?"),
        (
            Link(
                "encoder_decoder",
                {"show": "shape"},
                N_("The state that is handed over, layer by layer: its shape is what must fit."),
            ),
        ),
        N_("Both halves of the models here have one size; a linear map would join two."),
    ),
    Exercise(
        "9.7",
        4,
        N_("Feed the decoder its own predictions in training. What becomes of the results?"),
        (
            Link(
                "translation",
                {"show": "forcing"},
                N_("The same decoder fed the reference’s words and its own: where the two part."),
            ),
        ),
        N_("No model was trained so."),
    ),
    Exercise(
        "9.7",
        5,
        N_("Put an LSTM in the place of the GRU."),
        (
            Link(
                "translation",
                {"model": "en-fr-lstm", "show": "model"},
                N_("The LSTM’s BLEU; choose en-fr-gru at the top for the other."),
            ),
            Link(
                "translation",
                {"model": "en-fr-lstm", "show": "gates"},
                N_("The gates of both halves while it translates."),
            ),
        ),
    ),
    Exercise(
        "9.7",
        6,
        N_("Which other output layers could the decoder have?"),
        missing=N_(
            "Both models have the same one: the state, brought to the size of an embedding, "
            "against every word’s embedding."
        ),
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
                    "A beam wide enough to prune nothing looks at every prefix, and finds what "
                    "exhaustive search finds; make k smaller until it no longer does."
                ),
            ),
        ),
    ),
    Exercise(
        "9.8",
        2,
        N_("Translate with beam search. What does its width do to results and speed?"),
        (
            Link(
                "search",
                {
                    "of": "en-fr-gru",
                    "searches": "greedy,beam",
                    "width": "10",
                    "show": "widths",
                },
                N_("What greedy search and a beam of 10 find; below, all widths and their cost."),
            ),
            Link(
                "translation",
                {"show": "model"},
                N_("BLEU on 2,000 sentences, greedy and with beams of 5 and 10."),
            ),
        ),
    ),
    Exercise(
        "9.8",
        3,
        N_("By which search does a language model go on from a prefix? Can it be bettered?"),
        (
            Link(
                "search",
                {"of": "gru-timemachine", "searches": "greedy,beam,exact"},
                N_("Greedy search ends a word with the likeliest character; the others look on."),
            ),
        ),
    ),
)
