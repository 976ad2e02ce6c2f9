import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.errors import ExplorerError
from explorer.seq2seq.forced_decoding import forced
from explorer.seq2seq.prefix_constrained import first_difference, translate_from
from explorer.seq2seq.translator import Translator
from tests.seq2seq.conftest import a_translator

SENTENCES = ["The dog sleeps.", "I see Tom.", "Zorblax sees 42 dogs?", "Tom " * 12]
WORDS = st.lists(st.sampled_from(["le", "chien", "Tom", "Zorblax", "xyz", "42", "?"]), max_size=5)


@pytest.mark.parametrize("text", SENTENCES)
@pytest.mark.parametrize(("width", "alpha"), [(1, 0.0), (4, 0.75)])
def test_from_nothing_it_is_the_translation(
    translator: Translator, text: str, width: int, alpha: float
) -> None:
    (plain,) = translator.translate([text], width=width, alpha=alpha)
    assert translate_from(translator, text, [], width=width, alpha=alpha) == plain


@given(WORDS, st.sampled_from(SENTENCES[:3]), st.integers(1, 4), st.integers(0, 20))
def test_it_begins_as_it_was_told_and_is_worth_what_forcing_it_gives(
    words: list[str], text: str, width: int, seed: int
) -> None:
    translator = a_translator("gru", seed=seed)
    found = translate_from(translator, text, words, width=width, alpha=0.75)
    assert found.tokens[: len(words)] == tuple(words)
    judged = forced(translator, text, found.tokens, copied=found.copied, finished=found.finished)
    assert found.log_prob == pytest.approx(judged.log_prob, abs=1e-5)
    assert found.score == pytest.approx(judged.score(0.75), abs=1e-5)


@pytest.mark.parametrize("text", SENTENCES)
def test_greedy_search_goes_on_where_it_was_going(translator: Translator, text: str) -> None:
    (plain,) = translator.translate([text], width=1)
    for place in range(min(6, len(plain.tokens))):
        again = translate_from(
            translator, text, plain.tokens[:place], width=1, copied=plain.copied[:place]
        )
        assert again.tokens[: len(plain.tokens)] == plain.tokens


def test_after_a_wide_beginning_nothing_better_is_missed() -> None:
    """A beam that holds every short end finds none worse than those that are forced by hand."""
    translator = a_translator("lstm", layers=1, seed=4)
    found = translate_from(translator, "I see Tom.", ["je", "xyz"], width=200, alpha=0.0)
    for end in ([], ["vois"], ["vois", "Tom"], ["Tom", "?"], ["l'"]):
        judged = forced(translator, "I see Tom.", ["je", "xyz", *end])
        assert found.log_prob >= judged.log_prob - 1e-9


def test_a_beginning_may_be_longer_than_a_translation(translator: Translator) -> None:
    words = ["le", "chien"] * 20
    found = translate_from(translator, "Tom", words, width=2)
    assert found.tokens[:40] == tuple(words)
    judged = forced(translator, "Tom", found.tokens, finished=found.finished)
    assert found.log_prob == pytest.approx(judged.log_prob, abs=1e-4)


def test_unknown_words_of_a_beginning_stay_as_they_were_written(translator: Translator) -> None:
    found = translate_from(translator, "Zorblax sleeps.", ["Zorblax", "xyz"], width=2)
    assert found.tokens[:2] == ("Zorblax", "xyz")
    assert found.copied[:2] == (True, False)
    assert found.text.startswith("Zorblax xyz")


def test_impossible_searches_are_refused(translator: Translator) -> None:
    with pytest.raises(ExplorerError, match="at least 1"):
        translate_from(translator, "I see.", [], width=0)
    with pytest.raises(ExplorerError, match="no word"):
        translate_from(translator, " ", ["le"])


@pytest.mark.parametrize(
    ("one", "other", "step"),
    [("abc", "abd", 2), ("abc", "abc", None), ("ab", "abc", 2), ("", "a", 0), ("", "", None)],
)
def test_two_rows_part_where_they_first_differ(one: str, other: str, step: int | None) -> None:
    assert first_difference(one, other) == first_difference(other, one) == step
