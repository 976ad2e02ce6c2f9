"""9.4: what one word on the right does to a blank, and what reading both ways cannot do."""

from explorer.locale import N_
from explorer.web.tours.tour import Mark, Question, Stop, Tour

_TEXT = "My brother plays the piano every day."
_BLANK = {"text": _TEXT, "at": "3"}

_NEXT = Question(
    N_(
        "Three models fill the blank: one reads the words before it, one the words after it, one "
        "both. Blank the word before this one instead: which of them will give the right word the "
        "highest probability?"
    ),
    "bidirectional:best_reader",
    ("text", "at"),
    (),
    N_("A blank is settled by the side that says most about it, and nobody knows which that is."),
)
_WORDS = Question(
    N_(
        "Now the right side is uncovered word by word, for the model that reads both sides. How "
        "many words on the right does its best guess need until it is what it will be in the end?"
    ),
    "bidirectional:words_needed",
    ("text", "at"),
    (N_("no word"), N_("one word"), N_("two words"), N_("three words or more")),
    N_("Each word on the right rules guesses out; often the nearest one rules out most."),
)
_HALVES = Question(
    N_(
        "Change the last word of the sentence. Which half of the states at the words before it "
        "will move?"
    ),
    "bidirectional:halves",
    ("text",),
    (N_("forward half"), N_("backward half"), N_("both halves"), N_("neither half")),
    N_("Each half only knows the words on the side that it comes from."),
)

BIDIRECTIONAL = Tour(
    "bidirectional",
    (
        Stop(
            N_(
                "A word is missing. A network that reads from the left has to fill the blank from "
                "what came before; you would read on and look at what follows. Click any word to "
                "blank it."
            ),
            "bidirectional",
            _BLANK,
            Mark(N_("the sentence with its blank"), "words"),
            _NEXT,
        ),
        Stop(
            N_(
                "Each column is a model, with what it sees above its guesses. A framed guess is "
                "the word that stood there. None of them is told the word; the one in the middle "
                "sees both sides."
            ),
            "bidirectional",
            {"text": _TEXT, "at": "2"},
            Mark(N_("the guesses of the three models"), "guesses"),
            _WORDS,
        ),
        Stop(
            N_(
                "From nothing on the right to all of it. One word can turn the guess over, and "
                "many more may change nothing. The model that reads only the left side would say "
                "the same on every card."
            ),
            "bidirectional",
            {"text": _TEXT, "at": "2"},
            Mark(N_("the guesses as words are added"), "growth"),
        ),
        Stop(
            N_(
                "A bidirectional state is two states side by side: one made by reading from the "
                "left, one by reading from the right. See what each of them holds at every word."
            ),
            "bidirectional",
            {"text": _TEXT, "show": "states"},
            Mark(N_("the states of both halves"), "halves"),
            _HALVES,
        ),
        Stop(
            N_(
                "A word was changed, and the chart shows how far each state moved. On one side "
                "only one half moves, on the other side only the other. Change another word, or "
                "put one of your own in its place."
            ),
            "bidirectional",
            {"text": _TEXT, "show": "moves"},
            Mark(N_("how far each state moved"), "figure.moved.whole"),
        ),
        Stop(
            N_(
                "So why not always read both ways? Because a text that is still being written has "
                "no right side. Here both kinds write on, word by word, and the one that needs "
                "both sides is lost."
            ),
            "bidirectional",
            {"show": "misuse"},
            Mark(N_("what both models write"), "misuse.written"),
        ),
    ),
)
