import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.evaluation.book import book_bleu, precision

TOKENS = st.lists(st.sampled_from("ABC"), max_size=8)


def test_the_precisions_of_the_books_example() -> None:
    """Label A B C D E F, output A B B C D: the precisions of section 9.7."""
    label, output = list("ABCDEF"), list("ABBCD")
    assert [precision(output, label, n) for n in (1, 2, 3, 4)] == [4 / 5, 3 / 4, 1 / 3, 0]


def test_cases_worked_by_hand() -> None:
    assert book_bleu(list("ICH."), list("ICH."), k=2).bleu == 1
    by_hand = math.exp(1 - 6 / 5) * (4 / 5) ** (1 / 2) * (3 / 4) ** (1 / 4)
    assert book_bleu(list("ABBCD"), list("ABCDEF"), k=2).bleu == pytest.approx(by_hand)
    # shorter than k: judged by what there is; six words for two are a brevity of e⁻²
    assert book_bleu(list("AB"), list("ABCDEF"), k=4).bleu == pytest.approx(math.exp(-2))


def written_like_the_book(output: list[str], reference: list[str], k: int) -> float:
    """The function ``bleu`` of section 9.7.6, in its own steps."""
    score = math.exp(min(0, 1 - len(reference) / len(output)))
    for n in range(1, min(k, len(output)) + 1):
        matches, left = 0, {}
        for i in range(len(reference) - n + 1):
            key = " ".join(reference[i : i + n])
            left[key] = left.get(key, 0) + 1
        for i in range(len(output) - n + 1):
            key = " ".join(output[i : i + n])
            if left.get(key, 0) > 0:
                matches += 1
                left[key] -= 1
        score *= math.pow(matches / (len(output) - n + 1), math.pow(0.5, n))
    return score


@given(TOKENS.filter(bool), TOKENS.filter(bool), st.integers(1, 5))
def test_it_is_the_books_function(output: list[str], reference: list[str], k: int) -> None:
    expected = written_like_the_book(output, reference, k)
    assert book_bleu(output, reference, k=k).bleu == pytest.approx(expected)


@given(TOKENS, TOKENS, st.integers(1, 4))
def test_it_is_a_share_and_one_for_the_reference_itself(
    output: list[str], reference: list[str], k: int
) -> None:
    assert 0 <= book_bleu(output, reference, k=k).bleu <= 1
    assert book_bleu(reference, reference, k=k).bleu == (1 if reference else 0)


@given(TOKENS, TOKENS, st.integers(1, 5))
def test_its_parts_are_the_books_factors(output: list[str], reference: list[str], k: int) -> None:
    found = book_bleu(output, reference, k=k)
    assert len(found.precisions) == min(k, len(output))
    for n, (p, factor) in enumerate(zip(found.precisions, found.factors, strict=True), start=1):
        assert p == precision(output, reference, n)
        assert factor == pytest.approx(p ** (1 / 2**n))
    longer = len(reference) > len(output) > 0
    assert found.brevity == pytest.approx(
        math.exp(1 - len(reference) / len(output)) if longer else float(bool(output))
    )


def test_n_grams_that_an_output_cannot_have_are_refused() -> None:
    with pytest.raises(ValueError, match="no 3-gram"):
        precision(["A", "B"], ["A"], 3)
