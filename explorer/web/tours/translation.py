"""9.7: a translation, token by token, and how a decoder learned to write it."""

from explorer.locale import N_
from explorer.web.tours.tour import Mark, Question, Stop, Tour

_TEXT = "Why did you not tell me the truth?"
_ASKS = {"text": _TEXT}

_FORCED = Question(
    N_(
        "The decoder reads back every word that it has written. What if the translation is made to "
        "begin with a word of ours, “Dites”? Will the rest come out as it was?"
    ),
    "translation:forced_beginning",
    ("model", "text"),
    (N_("yes, word for word"), N_("no, the rest changes, too")),
    N_("What has been written is part of what the next word is predicted from."),
)
_WORD = Question(
    N_(
        "Nothing in this model points at a source word. Leave out one word at a time and translate "
        "again: without which word does this translation lose most?"
    ),
    "translation:word_left_out",
    ("model", "text"),
    (),
    N_("A word that changes what the whole sentence says is felt at every place of the output."),
)
_FORCING = Question(
    N_(
        "In training, a decoder can be given the right words to read, whatever it would have "
        "written (teacher forcing), or its own. After equally many updates, which has learned more?"
    ),
    "translation:forcing",
    (),
    (N_("the one given the right words"), N_("about the same"), N_("the one that read its own")),
    N_("Early on its own words are mostly wrong, and from wrong words there is little to learn."),
)

TRANSLATION = Tour(
    "translation",
    (
        Stop(
            N_(
                "An English question, and what the decoder made of its one state. Under every word "
                "stands its probability: the lower it is, the less sure the model was. Choose a "
                "word to see what else it had in mind."
            ),
            "translation",
            _ASKS,
            Mark(N_("the translation, word by word"), "sentence"),
            _FORCED,
        ),
        Stop(
            N_(
                "The translation begins as it was told to, and the search goes on from there. "
                "Below it stands what was written before; an underline marks where the two part. "
                "Click another word, or type a beginning, and see how far its effect reaches."
            ),
            "translation",
            {**_ASKS, "prefix": "Dites"},
            Mark(N_("the translation with our beginning"), "sentence"),
        ),
        Stop(
            N_(
                "Every gate and state on the way: first the encoder reads the question, then the "
                "decoder writes. Between the two nothing but a state is passed on. Play, and "
                "watch the handing over."
            ),
            "translation",
            {**_ASKS, "show": "gates"},
            Mark(N_("reading, then writing"), "strip"),
            _WORD,
        ),
        Stop(
            N_(
                "Each row is an output word, each column a source word: how much the output word "
                "loses without it. Where the network translates word by word the strong cells "
                "lie on a diagonal. Do they?"
            ),
            "translation",
            {**_ASKS, "show": "words"},
            Mark(N_("what each word is worth"), "figure.words-left-out.whole"),
            _FORCING,
        ),
        Stop(
            N_(
                "The first row is a reference that the decoder is made to read, as in training. "
                "The second is what it would have written after each of these words, the third "
                "what it writes when left alone. They part at the frame."
            ),
            "translation",
            {"show": "forcing"},
            Mark(N_("reading the reference, and reading itself"), "forcing"),
        ),
        Stop(
            N_(
                "One more thing that training has to get right: sentences in a batch are padded, "
                "and padding is not language. Tokens without colour are padding. The mask keeps "
                "them out of the loss; compare the two numbers above."
            ),
            "translation",
            {"show": "padding"},
            Mark(N_("a padded minibatch and its loss"), "batch"),
        ),
    ),
)
