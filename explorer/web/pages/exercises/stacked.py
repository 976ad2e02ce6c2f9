"""The exercises of sections 9.3 and 9.4: deep and bidirectional networks."""

from explorer.exercises.programs import BOTH_DIRECTIONS, MIXED_SOURCES, TWO_LAYERS
from explorer.locale import N_
from explorer.web.pages.exercises.exercise import Exercise, Link

STACKED = (
    Exercise(
        "9.3",
        1,
        N_("Write a two-layer RNN from scratch, out of a single layer."),
        (
            Link(
                "lstm",
                {"model": "deep-lstm-timemachine", "layer": "1", "show": "units"},
                N_(
                    "A step of the second layer with its numbers: its input is the first layer’s "
                    "state."
                ),
            ),
            Link(
                "deep",
                {"show": "grid"},
                N_("The states of every layer at every step, and how they are connected."),
            ),
        ),
        program=TWO_LAYERS,
    ),
    Exercise(
        "9.3",
        2,
        N_("Replace the LSTM with a GRU: how do accuracy and speed change?"),
        (
            Link(
                "gru",
                {"show": "model"},
                N_("Bits per character of a GRU and an LSTM of the same size, one layer each."),
            ),
            Link(
                "gru",
                {"show": "claims", "claim": "cost"},
                N_("The time that each takes, as a multiple of a plain RNN’s."),
            ),
            Link(
                "deep",
                {"show": "training", "cell2": "gru", "layers1": "3"},
                N_("A three-layer LSTM and a three-layer GRU trained side by side."),
            ),
        ),
    ),
    Exercise(
        "9.3",
        3,
        N_("Train on several books. How low does the perplexity get?"),
        (
            Link(
                "gru",
                {"model": "gru-luxun", "show": "model"},
                N_(
                    "A GRU that learned from many stories and essays by Lu Xun: bits per "
                    "character beside n-grams; perplexity is 2 to that power."
                ),
            ),
            Link(
                "deep",
                {"show": "training", "learn": "text"},
                N_("Train on any text of your own, and see how far the loss falls."),
            ),
        ),
    ),
    Exercise(
        "9.3",
        4,
        N_("Is it a good idea to mix authors when modelling text? What can go wrong?"),
        (
            Link(
                "gru",
                {"text": "I have an appointment at nine, and my phone is charging."},
                N_(
                    "How often a present-day sentence surprises a model that knows only one author."
                ),
            ),
        ),
        program=MIXED_SOURCES,
    ),
    Exercise(
        "9.4",
        1,
        N_(
            "If the two directions have different numbers of units, what shape does the "
            "hidden state have?"
        ),
        (
            Link(
                "bidirectional",
                {"show": "states"},
                N_("The forward and the backward state of every word, which are concatenated."),
            ),
        ),
        program=BOTH_DIRECTIONS,
    ),
    Exercise(
        "9.4",
        2,
        N_("Design a bidirectional network with several hidden layers."),
        program=BOTH_DIRECTIONS,
    ),
    Exercise(
        "9.4",
        3,
        N_(
            "A word has several meanings. Which network gives it a vector that depends on its "
            "context?"
        ),
        (
            Link(
                "encoder_decoder",
                {
                    "show": "way",
                    "one": "The bank of the river is green.",
                    "two": "The bank of the city is closed.",
                },
                N_(
                    "A forward network gives “bank” the same state in both sentences, since "
                    "the same "
                    "words precede it; only what follows tells them apart."
                ),
            ),
            Link(
                "bidirectional",
                {"show": "states", "text": "The bank of the river is green."},
                N_("The backward state of “bank” knows about the river; the forward state cannot."),
            ),
        ),
    ),
)
