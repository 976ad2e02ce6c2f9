from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.text import recall

SYMBOLS = [*recall.VOCABULARY.tokens[1:], recall.STRANGER]
SEEDS = st.integers(0, 10**6)


def parsed(text: str) -> str:
    """The answer by reading one symbol at a time, as the grammar's table says it."""
    key, skipping, announcing = recall.NOTHING, False, False
    for symbol in text:
        if skipping:
            skipping = symbol != ")"
            continue
        if announcing and symbol in recall.KEYS:
            key = symbol
        announcing = symbol == "!"
        if symbol == "(":
            skipping = True
        elif symbol == "|":
            key = recall.NOTHING
    return key


@given(st.text(SYMBOLS, max_size=40))
def test_the_answer_is_that_of_a_reader_of_one_symbol_at_a_time(text: str) -> None:
    assert recall.answer(text) == parsed(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("!Acdahbf?", "A"),
        ("!Aab(cd!Bf)ea?", "A"),
        ("!Aab|cdf?", "-"),
        ("!Aab|cd!Cf?", "C"),
        ("!Aab(c|d)e?", "A"),
        ("!Aab(c!B?", "A"),
        ("!(x)A?", "-"),
        ("", "-"),
    ],
)
def test_the_answers_of_the_examples(text: str, expected: str) -> None:
    assert recall.answer(text) == expected


@given(SEEDS, st.integers(recall.SHORTEST, 200))
def test_recall_asks_at_its_lag_for_a_key_with_noise_behind_it(seed: int, lag: int) -> None:
    text = recall.recall(Random(seed), lag)
    fact, noise = text[:-lag], text[-lag:-1]
    assert fact[-2] == "!"
    assert fact[-1] == recall.answer(text)
    assert set(noise) <= set(recall.NOISE)


@given(SEEDS, st.integers(recall.SHORTEST, 200))
def test_skip_brackets_half_of_the_way_and_misleads_there(seed: int, lag: int) -> None:
    text = recall.skip(Random(seed), lag)
    assert text[-lag - 2] == "!"
    assert text[-lag - 1] == recall.answer(text)
    inside = text[text.index("(") : text.index(")") + 1]
    assert len(inside) >= max(4, (lag - 1) // 2)
    assert "!" in inside
    assert text.count("(") == text.count(")") == 1


@given(SEEDS, st.integers(recall.SHORTEST, 200))
def test_forget_asks_at_its_lag_behind_a_break_or_a_newer_key(seed: int, lag: int) -> None:
    text = recall.forget(Random(seed), lag)
    decisive = text[-lag - 1]
    assert recall.answer(text[: text.index("|")]) in recall.KEYS
    assert recall.answer(text) == ("-" if decisive == "|" else decisive)


@given(SEEDS, st.integers(1, 300))
def test_free_text_answers_its_own_questions(seed: int, length: int) -> None:
    text = recall.free(Random(seed), length)
    assert len(text) >= length
    for place, symbol in enumerate(text[:-1]):
        if symbol == "?":
            assert text[place + 1] == parsed(text[:place])


@pytest.mark.parametrize("situation", recall.SITUATIONS)
def test_no_answer_can_be_guessed(situation: str) -> None:
    texts = [recall.SITUATIONS[situation](Random(n), 20) for n in range(400)]
    answers = [recall.answer(text) for text in texts]
    assert max(map(answers.count, set(answers))) < 0.6 * len(answers)
    assert set(recall.KEYS) <= set(answers)
    assert set("".join(texts)) <= set(recall.VOCABULARY.tokens)
