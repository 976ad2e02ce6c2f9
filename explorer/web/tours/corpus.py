"""9.5: from sentence pairs to matrices, and what each step loses."""

from explorer.locale import N_
from explorer.web.tours.tour import Mark, Question, Stop, Tour

_WHOLE = {"source": "whole"}

_RARE = Question(
    N_(
        "Words that occur fewer than five times become one token, <unk>. How much of the whole "
        "corpus, on its English side, turns into <unk>?"
    ),
    "corpus:rare",
    (),
    (N_("less than 2% of it"), N_("2% to 10%"), N_("more than 10%")),
    N_("Most different words are rare, but most words of a text are common ones."),
)
_CUT = Question(
    N_(
        "Sentences differ in length, but the rows of a matrix do not. With ten tokens a row, <eos> "
        "included, as in the book: how many English sentences lose their end?"
    ),
    "corpus:cut",
    (),
    (N_("less than a tenth"), N_("a tenth to a half"), N_("more than half")),
    N_("Where rows are short, much is cut; where they are long, much is padding."),
)
_PADDED = Question(
    N_(
        "Now batches of 32 sentences are drawn at random from the whole corpus, each as long as "
        "its longest sentence. How much of all positions is padding?"
    ),
    "corpus:padded",
    (),
    (N_("less than a tenth"), N_("a tenth to a third"), N_("more than a third")),
    N_("One long sentence makes all rows long; put together by length, few positions are lost."),
)

CORPUS = Tour(
    "corpus",
    (
        Stop(
            N_(
                "A translator learns from pairs of sentences, and it reads numbers. So a text must "
                "become tokens first: words, pieces of words, or characters. See how many "
                "different ones there are, the more text is read."
            ),
            "corpus",
            {**_WHOLE, "show": "growth"},
            Mark(N_("how the vocabulary grows"), "figure.growth-source.whole"),
            _RARE,
        ),
        Stop(
            N_(
                "Here is the price of a small vocabulary. Move the minimum frequency: the number "
                "of words falls fast, the share of text that is lost grows slowly. The network can "
                "neither read nor write what became <unk>."
            ),
            "corpus",
            {**_WHOLE, "show": "unknown", "minimum": "5"},
            Mark(N_("how much is lost"), "figure.unknown.whole"),
            _CUT,
        ),
        Stop(
            N_(
                "How long the sentences are, and the length of a row as an upright line. What lies "
                "to its right is cut. Move the slider of the steps, and watch the share."
            ),
            "corpus",
            {**_WHOLE, "show": "lengths"},
            Mark(N_("the lengths of the sentences"), "figure.lengths.whole"),
        ),
        Stop(
            N_(
                "This is what the network is given: a matrix of tokens, one sentence a row. What "
                "is missing is filled with <pad>, what is too long is cut. The valid length says "
                "where the padding begins, so that the loss can leave it out."
            ),
            "corpus",
            {"num_steps": "8"},
            Mark(N_("a minibatch of English sentences"), "matrix.source"),
            _PADDED,
        ),
        Stop(
            N_(
                "Padding is computed and thrown away. The larger the batch, the more of it there "
                "is, unless sentences of about one length are put together. Compare the lines at "
                "your batch size."
            ),
            "corpus",
            {**_WHOLE, "show": "padding", "size": "32"},
            Mark(N_("the share of padding"), "figure.padding.whole"),
        ),
    ),
)
