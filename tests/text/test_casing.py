from hypothesis import given
from hypothesis import strategies as st

from explorer.text.casing import capitalise, spellings, truecase
from explorer.text.vocabulary import UNKNOWN, Vocabulary

CORPUS = [
    "Tom knows that Tom is here .",
    "The dog , I know , is Will 's .",
    "I will go , you will go .",
    "Will you go ?",
    '" Yes , " said Tom . You are the one .',
    "Follow the dog !",
]
SENTENCES = [tuple(line.split()) for line in CORPUS]
KNOWN = spellings(SENTENCES)
WORDS = st.sampled_from(["Tom", "I", "will", "the", "dog", "go", ",", "»"])


def test_spellings_are_those_within_sentences() -> None:
    assert {"Tom", "I", "Will", "will", "the", "follow", "yes", "you"} <= set(KNOWN.tokens)
    assert not {"The", "Follow", "Yes", "You", "tom", "i"} & set(KNOWN.tokens)


def test_a_sentence_start_is_written_as_the_word_is_elsewhere() -> None:
    written = [" ".join(truecase(tokens, KNOWN)) for tokens in SENTENCES]
    assert written == [
        "Tom knows that Tom is here .",
        "the dog , I know , is Will 's .",
        "I will go , you will go .",
        "will you go ?",
        '" yes , " said Tom . you are the one .',
        "follow the dog !",
    ]


def test_what_is_unknown_stays_as_it_is_written() -> None:
    assert truecase(("Zorblax", "met", "NASA"), KNOWN) == ("Zorblax", "met", "NASA")


def test_words_without_capitals_or_of_capitals_are_read_as_the_known_ones() -> None:
    assert truecase(("FOLLOW", "TOM", "DOG"), KNOWN) == ("follow", "Tom", "dog")
    assert truecase(("i", "know", "tom"), KNOWN) == ("I", "know", "Tom")


@given(st.lists(WORDS, min_size=1, max_size=8))
def test_capitals_come_back(words: list[str]) -> None:
    known = Vocabulary((UNKNOWN, "will", "the", "dog", "go", "Tom", "I", ",", "»"))
    sentence = capitalise((*words, ".", *words, "!"))
    assert truecase(sentence, known) == (*words, ".", *words, "!")
    assert capitalise(truecase(sentence, known)) == sentence


def test_an_elision_and_a_mark_before_the_word() -> None:
    assert capitalise(("«", "l'", "eau", "?", "oui")) == ("«", "L'", "eau", "?", "Oui")
    assert capitalise(()) == ()


def test_an_unknown_word_at_the_start_of_a_sentence_becomes_small_if_it_is_to() -> None:
    known = Vocabulary((UNKNOWN, "Tom", "is", "."))
    text = ("Ironing", "is", "Xanadu", ".", "Tom", "is", ".", "Zounds", ".")
    assert truecase(text, known) == text
    small = ("ironing", "is", "Xanadu", ".", "Tom", "is", ".", "zounds", ".")
    assert truecase(text, known, small=True) == small
