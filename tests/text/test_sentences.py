from collections import Counter
from itertools import chain

import pytest

from explorer.models import catalogue
from explorer.text.casing import truecase
from explorer.text.pairs import LONGEST, SHORTEST, normalised, parse
from explorer.text.sentences import SUBJECTS, TENSES, sentences, with_rare_words
from explorer.text.vocabulary import Vocabulary
from explorer.text.words import detokenise, tokenise


def words(english: str) -> int:
    return len(normalised(english).split())


def test_there_are_enough_and_none_is_there_twice() -> None:
    given = sentences()
    assert 220 <= len(given) <= 260
    assert len({normalised(pair.english) for pair in given}) == len(given)
    assert len({normalised(pair.french) for pair in given}) == len(given)


def test_lengths_reach_from_two_words_to_twenty() -> None:
    lengths = Counter(words(pair.english) for pair in sentences())
    assert set(lengths) == set(range(SHORTEST, LONGEST + 1))
    short, long = (
        sum(n for length, n in lengths.items() if low <= length <= high)
        for low, high in ((SHORTEST, 7), (8, LONGEST))
    )
    assert 0.5 < short / long < 2


def test_tags_are_of_closed_sets_and_each_is_there_several_times() -> None:
    tenses = Counter(pair.tense for pair in sentences())
    subjects = Counter(pair.subject for pair in sentences())
    assert set(tenses) == set(TENSES)
    assert set(subjects) == set(SUBJECTS)
    assert min(*tenses.values(), *subjects.values()) >= 20


def test_every_tense_but_the_imperative_has_every_subject() -> None:
    pairs = Counter((pair.tense, pair.subject) for pair in sentences())
    for tense in TENSES[:-1]:
        assert min(pairs[tense, subject] for subject in SUBJECTS) >= 4, tense
    assert {subject for tense, subject in pairs if tense == "imperative"} == {"you", "we"}


def test_questions_negations_and_relative_clauses_are_among_them() -> None:
    english = [pair.english for pair in sentences()]
    assert sum(text.endswith("?") for text in english) >= 25
    assert sum("n't " in text or " not " in text or "ever " in text for text in english) >= 25
    assert sum(f" {word} " in text for text in english for word in ("who", "that")) >= 20


@pytest.mark.parametrize("name", ["en-fr-gru", "en-fr-lstm"])
def test_one_sentence_in_ten_has_a_word_that_the_models_know_in_pieces_alone(name: str) -> None:
    known = Vocabulary(catalogue.card(name).source_vocabulary)

    def strange(english: str) -> bool:
        words = truecase(tokenise(english, "en"), known, small=known.pieced)
        return any(word not in known for word in words)

    assert all(strange(pair.english) for pair in with_rare_words())
    assert 0.08 < len(with_rare_words()) / len([*sentences(), *with_rare_words()]) < 0.12
    assert not {*sentences()} & {*with_rare_words()}


def test_both_sides_end_as_each_other_and_are_written_cleanly() -> None:
    for pair in chain(sentences(), with_rare_words()):
        assert pair.english[-1] == pair.french[-1] in ".?", pair
        assert pair.french == " ".join(pair.french.split()), pair
        assert detokenise(tokenise(pair.english, "en"), "en") == pair.english
        assert detokenise(tokenise(pair.french, "fr"), "fr") == pair.french


def test_they_read_as_a_file_of_pairs() -> None:
    text = "\n".join(f"{pair.english}\t{pair.french}" for pair in sentences())
    assert len(parse(text)) == len(sentences())
