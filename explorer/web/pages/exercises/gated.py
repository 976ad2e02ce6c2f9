"""The exercises of sections 9.1 and 9.2: the gated cells."""

from explorer.exercises.programs import SETTINGS, TIME_SERIES
from explorer.locale import N_
from explorer.web.pages.exercises.exercise import Exercise, Link

GATED = (
    Exercise(
        "9.1",
        1,
        N_(
            "Only the input at an early step t′ matters for the output at a later step t. Which "
            "values of the reset and the update gate are best at every step?"
        ),
        (
            Link(
                "gru",
                {"show": "claims", "claim": "ideal-gates"},
                N_("The gates that a GRU learned for just this, compared with the ideal ones."),
            ),
            Link(
                "gru",
                {"model": "gru-recall", "text": "!Bfacedeafcafe?", "colour": "update"},
                N_(
                    "The key B is written at one step and kept by open update gates until the "
                    "question."
                ),
            ),
        ),
    ),
    Exercise(
        "9.1",
        2,
        N_("Change the hyperparameters. How do running time, perplexity and output change?"),
        (
            Link(
                "gru",
                {"show": "model"},
                N_("256 units compared with the book’s 32: bits per character on held-out text."),
            ),
            Link(
                "deep",
                {
                    "show": "training",
                    "cell1": "gru",
                    "cell2": "gru",
                    "units2": "64",
                    "layers2": "1",
                },
                N_("Two GRUs of 32 and 64 units trained side by side: loss and gradients."),
            ),
        ),
        program=SETTINGS,
    ),
    Exercise(
        "9.1",
        3,
        N_("Compare a plain RNN with a GRU: running time, perplexity, and what they write."),
        (
            Link(
                "gru",
                {"show": "claims", "claim": "cost"},
                N_("How many times as long as a plain RNN a GRU takes, to run and to train."),
            ),
            Link(
                "gru",
                {"show": "model"},
                N_(
                    "The bits per character of both on held-out text; perplexity is 2 to "
                    "that power."
                ),
            ),
            Link(
                "search",
                {"of": "rnn-timemachine", "text": "the time tra"},
                N_("How the plain RNN completes a word; then choose gru-timemachine instead."),
            ),
        ),
    ),
    Exercise(
        "9.1",
        4,
        N_("What happens to a GRU that has only a reset gate, or only an update gate?"),
        (
            Link(
                "gru",
                {"show": "claims", "claim": "one-gate"},
                N_(
                    "Accuracy on three tasks: trained with one gate alone, and with one gate held "
                    "fixed after training."
                ),
            ),
        ),
    ),
    Exercise(
        "9.2",
        1,
        N_("Change an LSTM’s hyperparameters. How do time, perplexity and output change?"),
        (
            Link(
                "lstm",
                {"model": "deep-lstm-timemachine", "show": "model"},
                N_("Three layers of 128 units compared with one of 256 and the book’s 32."),
            ),
            Link(
                "deep",
                {"show": "training", "rate2": "0.5", "layers2": "1"},
                N_("Two LSTMs trained side by side at two learning rates."),
            ),
        ),
        program=SETTINGS,
    ),
    Exercise(
        "9.2",
        2,
        N_("What would have to change for the model to write words instead of characters?"),
        (
            Link(
                "corpus",
                {"source": "whole", "show": "growth"},
                N_(
                    "How much larger a vocabulary of words is than one of characters, how fast it "
                    "grows, and how many words stay unknown."
                ),
            ),
            Link(
                "translation",
                {},
                N_("A model whose tokens are words: a probability for every word, no misspelling."),
            ),
        ),
    ),
    Exercise(
        "9.2",
        3,
        N_("What do a GRU, an LSTM and a plain RNN of the same size cost to train and to run?"),
        (
            Link(
                "lstm",
                {"show": "claims", "claim": "cost"},
                N_("Time ratios first; then parameters, multiplications and bytes in the table."),
            ),
        ),
    ),
    Exercise(
        "9.2",
        4,
        N_(
            "The candidate already lies between −1 and 1. Why does the hidden state need a second "
            "tanh?"
        ),
        (
            Link(
                "lstm",
                {"show": "lines"},
                N_(
                    "The memory cell accumulates and leaves the range −1 to 1; the hidden state "
                    "never does."
                ),
            ),
        ),
    ),
    Exercise(
        "9.2",
        5,
        N_("Use an LSTM to predict a time series instead of characters."),
        program=TIME_SERIES,
    ),
)
