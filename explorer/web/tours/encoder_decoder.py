"""9.6: any sentence becomes one state of a fixed size, and long ones pay for it."""

from explorer.locale import N_
from explorer.web.tours.tour import Mark, Question, Stop, Tour

_TENSES = {"one": "We danced in the garden.", "two": "They will read a book."}

_SIZE = Question(
    N_(
        "The second sentence has many times as many words as the first. How many numbers will the "
        "decoder be given of it?"
    ),
    "encoder_decoder:size",
    ("model", "one", "two"),
    (N_("as many as of the first"), N_("up to twice as many"), N_("more than twice as many")),
    N_("The encoder hands over its last state, and a state has one shape."),
)
_LENGTHS = Question(
    N_(
        "BLEU measures how near translations come to a person's, up to 100. How many points will "
        "the longest sentences have less than the lengths that are translated best?"
    ),
    "encoder_decoder:lengths",
    ("model",),
    (N_("fewer than 5"), N_("5 to 15"), N_("more than 15")),
    N_("The same few numbers have to hold more words: this is the bottleneck."),
)
_HALFWAY = Question(
    N_(
        "Take the two sentences given here, and the point halfway between their states, which no "
        "sentence has made. What will the decoder write from it?"
    ),
    "encoder_decoder:halfway_written",
    ("model", "one", "two"),
    (N_("one of the two translations"), N_("a third sentence"), N_("nothing that ends")),
    N_("The decoder was never taught what lies between; it writes from whatever it is given."),
)

ENCODER_DECODER = Tour(
    "encoder_decoder",
    (
        Stop(
            N_(
                "To translate, a first network reads the whole sentence before a second one writes "
                "a word. Here the state of the reader moves through a plane, word by word, for a "
                "short sentence and a long one. The stars are all that is handed on."
            ),
            "encoder_decoder",
            {"show": "way"},
            Mark(N_("the way of both sentences"), "figure.way.whole"),
            _SIZE,
        ),
        Stop(
            N_(
                "Every square is one number of the long sentence's last state. Count the words, "
                "and the numbers for each. Below stands what the decoder wrote from them alone: "
                "compare it with the sentence above."
            ),
            "encoder_decoder",
            {"show": "shape"},
            Mark(N_("the state of the long sentence"), "figure.hidden-2.whole"),
            _LENGTHS,
        ),
        Stop(
            N_(
                "Scores on sentences that the model has never read, by their length. Wider beams "
                "search better, but they cannot find what the state has lost. For the question, "
                "two other sentences stand at the top now."
            ),
            "encoder_decoder",
            {**_TENSES, "show": "length"},
            Mark(N_("BLEU by length"), "figure.bleu-by-length.whole"),
            _HALFWAY,  # the map of the next stop tells it
        ),
        Stop(
            N_(
                "What does such a state hold? Each dot is a sentence, and nobody told the encoder "
                "about grammar. Colour them by subject or by tense, and see what lies together."
            ),
            "encoder_decoder",
            {**_TENSES, "colour": "tense"},
            Mark(N_("a map of sentences"), "figure.sentences.whole"),
        ),
        Stop(
            N_(
                "Move the slider from one sentence to the other. At every point of the way the two "
                "states are mixed and decoded. Where does the output turn over, and is what "
                "stands between a sentence?"
            ),
            "encoder_decoder",
            {**_TENSES, "show": "line"},
            Mark(N_("the way between two sentences"), "figure.line.whole"),
        ),
    ),
)
