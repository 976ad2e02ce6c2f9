"""A sequence followed through a beam is where the beam itself, and brute force, have it."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decoding.adapters.table import BOOK
from explorer.decoding.decode import decode
from explorer.decoding.reference_rank import least_width, rank_reference, token_log_probs
from explorer.decoding.traced_beam import beam
from tests.decoding.scorers import END, Random, every_score, log_prob

SOURCES = st.integers(0, 10**6)
TOKENS = st.lists(st.integers(1, 4), max_size=4)


@settings(max_examples=150, deadline=None)
@given(SOURCES, TOKENS, st.integers(1, 6), st.sampled_from(["first k", "nothing can win"]))
def test_a_sequence_is_found_where_the_search_finishes_it(source, tokens, width, stopping) -> None:
    scorer = Random(5, 1.0)
    followed = rank_reference(scorer, source, tokens, width=width, max_length=6, stopping=stopping)
    tree = beam(scorer, source, width=width, max_length=6, stopping=stopping)
    finished = {tree.tokens(int(number)) for number in tree.finished}
    assert followed.found == (tuple(tokens) in finished)
    for place, node in zip(followed.steps, way(tree, (*tokens, END)), strict=False):
        assert place.total == pytest.approx(node.total)
        assert place.rank == node.rank
        assert place.kept == (node.fate in ("kept", "finished", "best", "open"))
        if node.reason == "rank":
            assert place.below == pytest.approx(node.below)


def way(tree, tokens):
    """The nodes of a tree that a sequence goes through, as far as they are there."""
    number = 0
    for token in tokens:
        below = [node for node in tree.children(number) if node.token == token]
        if not below or below[0].reason == "length":
            return
        yield below[0]
        number = below[0].number


@settings(max_examples=30, deadline=None)
@given(SOURCES, TOKENS)
def test_the_widest_beam_ranks_it_as_brute_force_does(source, tokens) -> None:
    scorer = Random(5, 1.0)
    followed = rank_reference(
        scorer, source, tokens, width=5**5, max_length=5, stopping="nothing can win"
    )
    totals = every_score(scorer, source, longest=5, alpha=0.0)
    for step, place in enumerate(followed.steps[:-1], 1):
        prefixes = {t[:step] for t in totals if len(t) >= step}
        sums = [log_prob(scorer, source, prefix) for prefix in prefixes]
        sums += [total for t, total in totals.items() if len(t) == step - 1]  # those that end here
        assert place.rank == 1 + sum(total > place.total + 1e-9 for total in sums)


def test_it_falls_at_the_first_step_that_does_not_keep_it() -> None:
    numbers = {word: number for number, word in enumerate(BOOK.tokens)}
    best = [numbers[word] for word in "ACB"]
    followed = rank_reference(BOOK, None, best, width=1, max_length=4)
    assert followed.fell == 2
    assert not followed.found
    lost = followed.steps[1]
    assert (lost.rank, lost.kept) == (2, False)
    assert lost.below == pytest.approx(math.log(0.4 / 0.3))
    assert [place.kept for place in followed.steps] == [True, False, False, False]
    assert math.exp(followed.steps[-1].total) == pytest.approx(0.054)


def test_a_token_that_may_not_come_is_where_it_falls() -> None:
    table = BOOK.__class__(BOOK.tokens, ((0.5, 0.5, 0.0, 0.0), (0.0, 0.0, 0.0, 1.0)))
    followed = rank_reference(table, None, [BOOK.tokens.index("C")], width=4, max_length=3)
    assert followed.fell == 1
    assert followed.steps[0].log_prob == -math.inf


@settings(max_examples=60, deadline=None)
@given(SOURCES, TOKENS)
def test_the_width_found_keeps_it_and_one_less_does_not(source, tokens) -> None:
    scorer = Random(5, 1.0)

    def keeps(width: int) -> bool:
        tree = decode(scorer, source, "beam", width=width, max_length=6)
        return tuple(tokens) in {tree.tokens(int(number)) for number in tree.finished}

    width = least_width(
        lambda w: rank_reference(scorer, source, tokens, width=w, max_length=6).found,
        first=3,
        most=1000,
    )
    if width is None:
        assert not keeps(1000)
    else:
        assert keeps(width)
        assert width == 1 or not keeps(width - 1)


@pytest.mark.parametrize("first", [1, 4, 30])
@pytest.mark.parametrize("least", [1, 2, 7, 30, 31])
def test_trying_ends_at_the_boundary_or_at_the_widest(first: int, least: int) -> None:
    tried: list[int] = []

    def keeps(width: int) -> bool:
        tried.append(width)
        return width >= least

    assert least_width(keeps, first=first, most=30) == (least if least <= 30 else None)
    assert max(tried) <= 30
    assert len(tried) <= 12


def test_the_log_probs_are_those_of_the_tokens() -> None:
    scorer = Random(5, 1.0)
    tokens = (3, 1, 4, END)
    found = token_log_probs(scorer, 9, tokens)
    assert [sum(found[:n]) for n in range(1, 5)] == pytest.approx(
        [log_prob(scorer, 9, tokens[:n]) for n in range(1, 5)]
    )
