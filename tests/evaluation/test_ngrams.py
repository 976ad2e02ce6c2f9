from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.evaluation.book import precision
from explorer.evaluation.ngrams import matches

TOKENS = st.lists(st.sampled_from("ABC"), max_size=9)


def grams(tokens: list[str], n: int) -> list[tuple[str, ...]]:
    return [tuple(tokens[i : i + n]) for i in range(max(0, len(tokens) - n + 1))]


@given(TOKENS, st.lists(TOKENS, min_size=1, max_size=3), st.integers(1, 4))
def test_counts_are_clipped_as_papineni_says(
    output: list[str], references: list[list[str]], n: int
) -> None:
    found = matches(output, references, n=n)
    counts = Counter(grams(output, n))
    clipped = sum(
        min(count, max(grams(reference, n).count(gram) for reference in references))
        for gram, count in counts.items()
    )
    assert (len(found.output), found.total) == (clipped, counts.total())
    for place, reference in zip(found.references, references, strict=True):
        theirs = Counter(grams(reference, n)[start] for start in place)
        assert theirs == Counter(grams(reference, n)) & counts
    for places in (found.output, *found.references):
        assert list(places) == sorted(set(places))
    if counts and len(references) == 1:
        assert clipped / counts.total() == precision(output, references[0], n)


def test_the_first_places_are_taken_and_cover_their_tokens() -> None:
    found = matches(list("ABAB"), [list("XAB")], n=2)
    assert found.output == (0,)
    assert found.references == ((1,),)
    assert found.covered == {0, 1}
    assert matches(list("AAA"), [list("A"), list("AA")], n=1).output == (0, 1)


@pytest.mark.parametrize(("output", "reference"), [("", "A"), ("A", ""), ("AB", "ABC")])
def test_too_short_for_an_n_gram_matches_nothing(output: str, reference: str) -> None:
    assert matches(list(output), [list(reference)], n=3).output == ()
