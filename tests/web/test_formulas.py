"""The book's formulas hold for searches that do as much work as they can."""

import math
from itertools import product

import pytest

import explorer
from explorer.decoding.adapters.table import END, Table
from explorer.web.pages.search.formulas import formulas


def never_ending(tokens: int) -> Table:
    """A table in which the end is possible and never likely enough to be taken."""
    names = (*"ABCDEFGH"[: tokens - 1], END)
    rest = (1 - 1e-9) / (tokens - 1)
    return Table(names, ((*(rest,) * (tokens - 1), 1e-9),))


@pytest.mark.parametrize(("tokens", "longest"), list(product([3, 5, 8], [1, 4, 7])))
def test_greedy_search_of_the_greatest_length_scores_what_the_formula_says(tokens, longest):
    tree = explorer.decode(never_ending(tokens), None, "greedy", max_length=longest)
    known = formulas(tokens=tokens, width=1, longest=longest)["greedy"]
    assert tree.bill.continuations_scored == round(10**known.power)


@pytest.mark.parametrize(("tokens", "width"), list(product([5, 8], [2, 4])))
def test_a_beam_scores_what_the_formula_says_once_it_is_full(tokens, width):
    longest = 6
    tree = explorer.decode(never_ending(tokens), None, "beam", width=width, max_length=longest)
    known = formulas(tokens=tokens, width=width, longest=longest)["beam"]
    first = tokens  # at the first step there is only the empty prefix
    assert tree.bill.continuations_scored == round(10**known.power) - (width - 1) * first


def test_exhaustive_search_scores_less_than_the_formula_since_sequences_end():
    tree = explorer.decode(never_ending(4), None, "exhaustive", max_length=4)
    known = formulas(tokens=4, width=2, longest=4)["exhaustive"]
    assert str(known) == "|Y|ᵀ′ = 4⁴ = 256"
    assert tree.bill.continuations_scored == sum(4 * 3**t for t in range(4)) < 256


def test_a_number_that_no_float_holds_has_its_logarithm():
    known = formulas(tokens=10_000, width=5, longest=100)["exhaustive"]
    assert known.power == pytest.approx(400)
    assert str(known) == "|Y|ᵀ′ = 10,000¹⁰⁰ ≈ 10⁴⁰⁰"
    assert math.isfinite(known.power)
