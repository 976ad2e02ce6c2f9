"""A sentence with a blank, as it is typed."""

import pytest

from explorer.cloze.blanked_sentence import BLANK, MOST, read, shortened
from explorer.errors import ExplorerError


def test_the_books_three_sentences():
    assert read("I am ___.").tokens == ("I", "am", BLANK, ".")
    full = read("I am __ hungry, and I can eat half a pig.")
    assert (full.blank, full.answer, full.ended) == (2, None, True)


def test_a_sentence_without_an_end_mark_gets_one():
    assert read("I am ___").tokens == ("I", "am", BLANK, ".")
    assert not read("I am ___").ended
    assert read("Am I ___?!").tokens[-1] == "?!"
    assert read("so ...").ended


def test_a_clicked_word_is_blanked_instead_of_the_typed_blank():
    sentence = read("I am ___ hungry.", 3)
    assert (sentence.blank, sentence.answer) == (3, "hungry")
    assert read("I am hungry.", 99).blank is None


def test_without_a_blank_there_is_none():
    assert read("I am hungry.").blank is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Type an English sentence"),
        (" \u200b ", "Type an English sentence"),
        ("word " * 400, "400 words and punctuation marks; the limit is 60"),
        ("___ am ___", "2 blanks"),
    ],
)
def test_what_cannot_be_read_is_said(text, said):
    with pytest.raises(ExplorerError, match=said):
        read(text)


def test_a_sentence_of_the_most_words_is_read():
    assert len(read("word " * (MOST - 1) + ".").tokens) == MOST


def test_the_right_side_grows_word_by_word_up_to_the_whole():
    tokens = ("I", "am", BLANK, "very", "hungry", ".")
    assert shortened(tokens, 2) == [
        ("I", "am", BLANK, "."),
        ("I", "am", BLANK, "very", "."),
        tokens,
    ]
    assert shortened(tokens, 5) == [tokens]
    with_marks = ("I", BLANK, ",", "and", "you", "?")
    assert shortened(with_marks, 1) == [
        ("I", BLANK, "?"),
        ("I", BLANK, ",", "and", "?"),
        with_marks,
    ]
