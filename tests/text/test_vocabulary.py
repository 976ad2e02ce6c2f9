import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.text.tokens import characters
from explorer.text.vocabulary import UNKNOWN, Vocabulary

TEXTS = st.text(max_size=60)


@given(TEXTS)
def test_characters_lose_nothing(text: str) -> None:
    assert "".join(characters(text)) == text
    assert all(len(token) == 1 for token in characters(text))


@given(TEXTS)
def test_what_a_vocabulary_has_seen_comes_back(text: str) -> None:
    vocabulary = Vocabulary.from_tokens(characters(text))
    assert vocabulary.decode(vocabulary.encode(characters(text))) == characters(text)
    assert vocabulary.unknown(characters(text)) == ()


@given(TEXTS, TEXTS)
def test_what_it_has_never_seen_is_unknown_and_named_once_in_order(seen: str, other: str) -> None:
    vocabulary = Vocabulary.from_tokens(characters(seen))
    strangers = [c for c in other if c not in seen]
    assert vocabulary.unknown(other) == tuple(sorted(set(strangers), key=other.index))
    ids = vocabulary.encode(other)
    assert [number == 0 for number in ids] == [c not in seen for c in other]
    assert vocabulary.decode(ids) == tuple(c if c in seen else UNKNOWN for c in other)


@given(TEXTS, st.integers(1, 4))
def test_only_tokens_seen_often_enough_are_kept(text: str, minimum: int) -> None:
    vocabulary = Vocabulary.from_tokens(text, minimum=minimum)
    assert set(vocabulary.tokens[1:]) == {c for c in text if text.count(c) >= minimum}
    counts = [text.count(c) for c in vocabulary.tokens[1:]]
    assert counts == sorted(counts, reverse=True)
    assert len(vocabulary) == len(vocabulary.tokens)
    assert all((c in vocabulary) == (text.count(c) >= minimum) for c in text)


def test_a_token_spelled_like_the_unknown_one_is_not_counted_twice() -> None:
    assert Vocabulary.from_tokens(["a", UNKNOWN, "a"]).tokens == (UNKNOWN, "a")


@pytest.mark.parametrize("tokens", [(), ("a", UNKNOWN), (UNKNOWN, "a", "a")])
def test_a_malformed_vocabulary_is_refused(tokens: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"tokens? of a vocabulary"):
        Vocabulary(tokens)


@pytest.mark.parametrize("number", [-1, 2])
def test_a_number_outside_is_refused(number: int) -> None:
    with pytest.raises(IndexError):
        Vocabulary((UNKNOWN, "a")).decode([number])


def test_reserved_tokens_stand_first_however_often_they_are_seen() -> None:
    vocabulary = Vocabulary.from_tokens(["b", "<eos>", "a", "b"], reserved=("<pad>", "<eos>"))
    assert vocabulary.tokens == (UNKNOWN, "<pad>", "<eos>", "b", "a")
    assert vocabulary.number("<eos>") == 2
    with pytest.raises(KeyError):
        vocabulary.number("c")
