"""The exercises of sections 9.1 to 9.4: gated, deep and bidirectional networks."""

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
        N_("Large models take hours to train; the laboratory trains small ones."),
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
        N_("Large models take hours to train; the laboratory trains small ones."),
    ),
    Exercise(
        "9.2",
        2,
        N_("What would have to change for the model to write words instead of characters?"),
        (
            Link(
                "corpus",
                {"source": "whole"},
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
        missing=N_(
            "The models here read text. In Python, explorer.trace shows the gates of an nn.LSTM "
            "of your own on any numbers."
        ),
    ),
    Exercise(
        "9.3",
        1,
        N_("Write a two-layer RNN from scratch, out of a single layer."),
        (
            Link(
                "lstm",
                {"model": "deep-lstm-timemachine", "layer": "1", "show": "equation"},
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
        N_("Writing the code is up to you."),
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
                "deep",
                {"show": "training", "learn": "text"},
                N_("Train on any text of your own, and see how far the loss falls."),
            ),
        ),
        missing=N_(
            "The models here were trained on one book, whose text is not included; python -m "
            "explorer train accepts a file of your own."
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
        N_("No model here was trained on several authors."),
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
        missing=N_(
            "PyTorch gives both directions the same number of units, and so do the models "
            "here. The states are concatenated, so their sizes add up."
        ),
    ),
    Exercise(
        "9.4",
        2,
        N_("Design a bidirectional network with several hidden layers."),
        missing=N_(
            "The models here have one bidirectional layer. In Python, explorer.trace accepts "
            "an nn.LSTM with any number of layers and directions."
        ),
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
