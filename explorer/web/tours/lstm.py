"""9.2: what is kept inside a memory cell, what is let out, and what forgetting costs."""

from explorer.locale import N_
from explorer.web.tours.tour import Mark, Question, Stop, Tour

_RECALL = {"model": "lstm-recall", "text": "!Cdahbfegcadhbfcagehdbacfhge?"}
_END = "28"  # the step of the question mark
_ANSWER = Mark(N_("the answer, before and after"), "figure.what-if-guesses.whole")

_SHUT = Question(
    N_(
        "Close every output gate over the middle third of this text, so that nothing of the memory "
        "is let out there. What will be answered at the end?"
    ),
    "lstm:shut",
    ("model", "text"),
    (N_("the same as before"), N_("something else")),
    N_("The output gate decides what is shown, not what is kept."),
)
_EMPTIED = Question(
    N_(
        "Now set every forget gate to 0 for a single step in the middle. The question comes much "
        "later. What will be answered?"
    ),
    "lstm:emptied",
    ("model", "text"),
    (N_("the same as before"), N_("something else")),
    N_("What the forget gate clears is gone: no later gate can bring it back."),
)
_LOSS = Question(
    N_("What will forget gates at 0, in every unit and at every step, do to this text's loss?"),
    "lstm:loss",
    ("model", "text"),
    (
        N_("it falls or stays the same"),
        N_("it rises by less than two bits a character"),
        N_("it rises by two bits or more"),
    ),
    N_("Without its memory the network still sees the last characters through its hidden state."),
)

LSTM = Tour(
    "lstm",
    (
        Stop(
            N_(
                "An LSTM keeps two things: a memory cell, which is its own business, and a hidden "
                "state, which it shows. Here it must keep a capital letter until “?” asks for it. "
                "The colour is the memory of one unit: it is written at the letter, and then held."
            ),
            "lstm",
            {**_RECALL, "step": "1"},
            Mark(N_("the coloured text"), "strip"),
        ),
        Stop(
            N_(
                "The memory runs along the top of the cell. The forget gate keeps or clears it, "
                "the input gate adds the candidate to it, the output gate lets it out into the "
                "hidden state. Play, and follow one unit from step to step."
            ),
            "lstm",
            {**_RECALL, "step": "2"},
            Mark(N_("the cell"), "cell"),
            _SHUT,
        ),
        Stop(
            N_(
                "Nothing came out for a third of the text, and the bars at the end show what that "
                "did. A memory that is not shown is not lost. This is why an LSTM has a gate "
                "between the two."
            ),
            "lstm",
            {**_RECALL, "step": _END, "show": "what-if", "change": "output~0~s9-18"},
            _ANSWER,
            _EMPTIED,
        ),
        Stop(
            N_(
                "One step was enough. In this language a hyphen says that nothing is known: the "
                "network does not guess, it answers as it learned to answer after a break."
            ),
            "lstm",
            {**_RECALL, "step": _END, "show": "what-if", "change": "forget~0~s14"},
            _ANSWER,
        ),
        Stop(
            N_(
                "This LSTM has read a novel. It must spell words, close quotation marks, and end "
                "sentences, so it has to remember over a few characters and over many. Look at "
                "its surprise, the bars: highest where a word begins, low inside it."
            ),
            "lstm",
            {"step": "40"},
            Mark(N_("the text with its surprise"), "strip"),
            _LOSS,
        ),
        Stop(
            N_(
                "The loss with all forget gates at 0, beside the loss as it is. Then try the "
                "opposite: at 1, nothing is ever forgotten, and the memory adds up everything. "
                "Which is worse?"
            ),
            "lstm",
            {"show": "what-if", "change": "forget~0"},
            Mark(N_("the loss, before and after"), "what-if.loss"),
        ),
        Stop(
            N_(
                "Can no plain network do this? With a training made for the task, a plain RNN "
                "learned it in the end: see rnn-recall. With the usual one it did not: see "
                "rnn-recall-common. Gates do not make it possible; they make it easy to learn, as "
                "the claims of section 9.1 measure."
            ),
            "lstm",
            {"model": "lstm-recall", "show": "model"},
            Mark(N_("the accuracy of the three kinds"), "card"),
        ),
    ),
)
