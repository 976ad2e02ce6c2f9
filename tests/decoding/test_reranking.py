"""Reranked order is that of the same hypotheses in a fresh search, and a proof by length holds."""

from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decoding import exact as module
from explorer.decoding.budget import Budget
from explorer.decoding.exact import exact
from explorer.decoding.exhaustive import exhaustive
from explorer.decoding.reranking import length, reranked, rescored
from explorer.decoding.traced_beam import beam, greedy
from tests.decoding.scorers import Random

SOURCES = st.integers(0, 10**6)
ALPHAS = st.sampled_from([0.0, 0.5, 0.75, 1.0, 2.0])


@settings(max_examples=60, deadline=None)
@given(SOURCES, ALPHAS, ALPHAS)
def test_the_order_is_that_of_a_fresh_search(source: int, searched: float, alpha: float) -> None:
    scorer = Random(4, 1.0)
    tree, fresh = (
        exhaustive(scorer, source, max_length=4, alpha=a, width=1000) for a in (searched, alpha)
    )
    found = reranked([tree], alpha)
    assert [h.tokens for h in found] == [h.tokens for h in fresh.n_best]
    assert [h.score for h in found] == pytest.approx([h.score for h in fresh.n_best])


@settings(max_examples=60, deadline=None)
@given(SOURCES, ALPHAS, st.integers(2, 5))
def test_several_searches_are_ranked_as_one_each_sequence_once(source, alpha, width) -> None:
    scorer = Random(5, 1.0)
    trees = [
        greedy(scorer, source, max_length=5, alpha=alpha),
        beam(scorer, source, width=width, max_length=5, alpha=alpha),
    ]
    found = reranked(trees, alpha)
    assert len({h.tokens for h in found}) == len(found)
    assert {h.tokens for h in found} == {
        tree.tokens(int(number)) for tree in trees for number in tree.finished
    }
    assert [h.score for h in found] == sorted((h.score for h in found), reverse=True)
    for one in found:
        assert one.score == pytest.approx(one.log_prob / (len(one.tokens) + 1) ** alpha)


def test_more_alpha_only_ever_favours_the_longer_of_two() -> None:
    tree = exhaustive(Random(4, 1.0), 3, max_length=4, width=1000)
    found = tree.n_best
    for short in found[:20]:
        for long in found[:20]:
            if length(short) < length(long):
                ahead = [
                    rescored(long, a).score > rescored(short, a).score for a in (0.0, 0.5, 1.0, 2.0)
                ]
                assert ahead == sorted(ahead)  # once ahead, it stays ahead


@settings(max_examples=200, deadline=None)
@given(SOURCES, st.integers(2, 5), st.integers(1, 5), ALPHAS, st.integers(1, 60))
def test_nothing_within_the_proved_length_is_better(
    source: int, size: int, longest: int, alpha: float, nodes: int
) -> None:
    scorer = Random(size, 1.0)
    tree = exact(
        scorer,
        source,
        max_length=longest,
        alpha=alpha,
        batch=2,
        width=1,
        budget=Budget(nodes=nodes),
    )
    proved = tree.proved_length
    assert (proved == longest) == tree.proved_optimal or tree.stopped != "proved"
    if proved:
        shorter = exhaustive(scorer, source, max_length=proved, alpha=alpha)
        assert shorter.n_best[0].score <= tree.n_best[0].score + 1e-9


def test_a_search_cut_short_proves_short_lengths_first() -> None:
    """With α > 0 the proof grows length by length; without it there is all or nothing."""
    lengths = {
        alpha: [
            exact(
                Random(6, 1.0), 5, max_length=12, alpha=alpha, batch=1, budget=Budget(nodes=n)
            ).proved_length
            for n in (1, 30, 300, 3000)
        ]
        for alpha in (0.0, 1.0)
    }
    assert lengths[1.0] == sorted(lengths[1.0])
    assert any(0 < one < 12 for one in lengths[1.0])
    assert set(lengths[0.0]) <= {0, 12}


@settings(max_examples=200, deadline=None)
@given(SOURCES, st.integers(2, 5), st.integers(1, 4), ALPHAS, st.integers(1, 8))
def test_a_search_that_lets_prefixes_go_never_proves_what_is_not_so(
    source: int, size: int, longest: int, alpha: float, most: int
) -> None:
    scorer = Random(size, 1.0)
    with mock.patch.object(module, "MOST_OPEN", most):
        tree = exact(scorer, source, max_length=longest, alpha=alpha, width=1, batch=2)
    optimum = exhaustive(scorer, source, max_length=longest, alpha=alpha).n_best[0]
    best = tree.n_best[0]
    assert tree.stopped in ("proved", "memory")
    assert tree.proved_optimal == (tree.stopped == "proved")
    if tree.proved_optimal:
        assert best == optimum
    elif best.finished:
        assert optimum.score <= best.score + tree.gap + 1e-9
        proved = tree.proved_length
        if proved:
            shorter = exhaustive(scorer, source, max_length=proved, alpha=alpha).n_best[0]
            assert shorter.score <= best.score + 1e-9


def test_letting_go_costs_the_proof_of_some_and_not_of_all() -> None:
    with mock.patch.object(module, "MOST_OPEN", 4):
        stopped = {
            exact(Random(5, 1.0), n, max_length=4, alpha=0.5, width=1, batch=2).stopped
            for n in range(60)
        }
    assert stopped == {"proved", "memory"}
