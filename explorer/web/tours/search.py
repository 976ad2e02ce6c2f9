"""9.8: greedy misses what exact search finds, and what each of them costs."""

from explorer.locale import N_
from explorer.web.tours.tour import Mark, Question, Stop, Tour

_TREES = Mark(N_("the search, as a tree that plays"), "trees")
#: The last tree; before it has been found, the beam's.
_EXACT = Mark(N_("the tree of exact search"), "trees", "figure:last-of-type")
_SENTENCE = {
    "of": "en-fr-gru",
    "text": "They enjoyed the old man's stories.",
    "alpha": "0.0",
}

_KEPT = Question(
    N_(
        "A beam of width 2 keeps the two likeliest beginnings instead of one. Which two will it "
        "hold after the second token?"
    ),
    "search:kept",
    ("table",),
    (),
    N_("It keeps what is likeliest so far, from whatever beginning it came."),
)
_COST = Question(
    N_(
        "Exhaustive search looks at every sequence of four tokens. How many times as many "
        "continuations does it have to score as greedy search?"
    ),
    "search:cost",
    ("table",),
    (N_("fewer than 20 times"), N_("20 to 100 times"), N_("more than 100 times")),
    N_("Every further token multiplies the number of sequences; greedy search adds one step."),
)
_BEST = Question(
    N_(
        "Greedy search always took the likeliest next word. Is its sentence the likeliest of all "
        "that the model could have written?"
    ),
    "search:best",
    ("of", "text", "alpha"),
    (N_("yes"), N_("no, exact search finds a likelier one")),
    N_("A word that looks worse now can lead to a sentence that is better in the end."),
)

SEARCH = Tour(
    "search",
    (
        Stop(
            N_(
                "A model says how likely each next token is; a search has to make a sequence of "
                "it. Greedy search takes the likeliest token, and never looks back. Play the tree "
                "of the book's example, four tokens in all."
            ),
            "search",
            {"searches": "greedy"},
            _TREES,
            _KEPT,
        ),
        Stop(
            N_(
                "The same with two beginnings side by side. Follow the branch that greedy search "
                "never entered: its second token looks worse, and its end is better. Compare the "
                "two answers."
            ),
            "search",
            {"searches": "greedy,beam"},
            _TREES,
            _COST,
        ),
        Stop(
            N_(
                "All three, with what each had to pay. Exhaustive search is sure to find the best, "
                "and for four tokens it can. With the vocabulary of a language there would be more "
                "sequences than anybody can count."
            ),
            "search",
            {"show": "bill"},
            Mark(N_("what each search costs"), "figure.bill.whole"),
        ),
        Stop(
            N_(
                "Now a real question: a translation, as greedy search writes it. Look at the tree. "
                "At every word thousands of others were possible, and all were dropped at once."
            ),
            "search",
            {**_SENTENCE, "searches": "greedy"},
            _TREES,
            _BEST,
        ),
        Stop(
            N_(
                "Exact search follows every beginning that could still win, and drops the others "
                "with a proof. So its answer is the best there is, for this model and this score. "
                "The beam comes close, too, and cannot know how close."
            ),
            "search",
            {**_SENTENCE, "searches": "beam,exact"},
            _EXACT,
        ),
        Stop(
            N_(
                "The likeliest is not always what we want. For this sentence the best of all is to "
                "write nothing: every further word can only make a sentence less likely. That is "
                "why scores are divided by a power of the length, α."
            ),
            "search",
            {
                "of": "en-fr-gru",
                "text": "He is the only one of us who can read a map.",
                "alpha": "0.0",
                "searches": "beam,exact",
            },
            _EXACT,
        ),
    ),
)
