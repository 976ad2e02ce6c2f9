"""What the searches have to do with each other, on thousands of random small scorers."""

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decoding.budget import Budget
from explorer.decoding.decode import decode
from explorer.decoding.exact import exact
from explorer.decoding.exhaustive import exhaustive
from explorer.decoding.traced_beam import beam, greedy
from explorer.decoding.tree import SearchTree
from tests.decoding.scorers import Random, every_score

SIZES = st.integers(2, 5)
LENGTHS = st.integers(1, 4)
ALPHAS = st.sampled_from([0.0, 0.5, 0.75, 1.0, 1.5])
SPREADS = st.sampled_from([0.3, 1.0, 3.0])
MANY = 10  # scorers tried in each example


def scores(tree: SearchTree) -> list[float]:
    return [hypothesis.score for hypothesis in tree.n_best]


@settings(max_examples=40)
@given(st.integers(0, 10**6), SIZES, LENGTHS, ALPHAS, SPREADS)
def test_exhaustive_search_is_brute_force(
    source: int, size: int, longest: int, alpha: float, spread: float
) -> None:
    scorer = Random(size, spread)
    known = every_score(scorer, source, longest=longest, alpha=alpha)
    tree = exhaustive(scorer, source, max_length=longest, alpha=alpha, width=1000)
    found = {h.tokens: h.score for h in tree.n_best}
    assert found == {tokens: pytest.approx(score) for tokens, score in known.items()}
    assert tree.proved_optimal
    assert scores(tree) == sorted(scores(tree), reverse=True)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10**6), SIZES, LENGTHS, ALPHAS, SPREADS, st.sampled_from([1, 3, 128]))
def test_exact_search_and_the_widest_beam_are_exhaustive_search(
    source: int, size: int, longest: int, alpha: float, spread: float, batch: int
) -> None:
    scorer, asked = Random(size, spread), {"max_length": longest, "alpha": alpha}
    for number in range(source, source + MANY):
        whole = exhaustive(scorer, number, **asked)
        best = whole.n_best[0]
        proof = exact(scorer, number, **asked, width=1, batch=batch)
        assert proof.proved_optimal
        assert proof.gap == 0
        assert proof.n_best[0] == best
        widest = beam(scorer, number, **asked, width=size**longest)
        assert widest.n_best[:5] == whole.n_best
        assert widest.proved_optimal


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6), SIZES, st.integers(1, 9), ALPHAS)
def test_greedy_search_is_a_beam_of_width_one(
    source: int, size: int, longest: int, alpha: float
) -> None:
    scorer, asked = Random(size), {"max_length": longest, "alpha": alpha}
    one, other = greedy(scorer, source, **asked), beam(scorer, source, **asked, width=1)
    assert one.n_best == other.n_best
    assert [node.total for node in one] == [node.total for node in other]


@settings(max_examples=100, deadline=None)
@given(
    st.integers(0, 10**6), SIZES, LENGTHS, ALPHAS, SPREADS, st.integers(1, 30), st.integers(1, 4)
)
def test_a_budget_never_gives_a_wrong_proof_and_its_gap_holds(
    source: int, size: int, longest: int, alpha: float, spread: float, nodes: int, width: int
) -> None:
    scorer, asked = Random(size, spread), {"max_length": longest, "alpha": alpha}
    for number in range(source, source + 3):
        optimum = exhaustive(scorer, number, **asked).n_best[0].score
        tree = exact(scorer, number, **asked, width=width, batch=2, budget=Budget(nodes=nodes))
        assert tree.stopped in ("proved", "nodes")
        assert (tree.gap == 0) == tree.proved_optimal == (tree.stopped == "proved")
        if tree.n_best[0].finished:
            assert optimum <= tree.n_best[0].score + tree.gap + 1e-9
            if tree.proved_optimal:
                assert tree.n_best[0].score == pytest.approx(optimum, abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(
    st.integers(0, 10**6),
    SIZES,
    LENGTHS,
    ALPHAS,
    SPREADS,
    st.integers(1, 40_000),
    st.sampled_from([exact, exhaustive]),
)
def test_a_search_that_memory_ends_says_so_and_its_gap_holds(
    source: int, size: int, longest: int, alpha: float, spread: float, memory: int, search: Any
) -> None:
    scorer, asked = Random(size, spread), {"max_length": longest, "alpha": alpha}
    for number in range(source, source + 3):
        optimum = exhaustive(scorer, number, **asked).n_best[0].score
        batch = {"batch": 2} if search is exact else {}
        tree = search(scorer, number, **asked, **batch, budget=Budget(memory=memory))
        ended = "proved" if search is exact else "nothing left"
        assert tree.stopped in (ended, "memory")
        # What memory left open may be known not to win, so it may have no gap either.
        assert tree.gap == 0 or tree.stopped == "memory"
        if tree.n_best[0].finished:
            assert optimum <= tree.n_best[0].score + tree.gap + 1e-9


@pytest.mark.parametrize("search", [exact, exhaustive])
def test_more_memory_reads_more_and_what_is_held_stays_near_the_budget(search: Any) -> None:
    asked = {"max_length": 9, "alpha": 1.0}
    read, held = [], []
    for memory in (2e4, 2e5, 2e6):
        tree = search(Random(5, 0.1), 3, **asked, budget=Budget(memory=memory))
        assert tree.stopped == "memory"
        read.append(tree.bill.prefixes_read)
        held.append(tree.nodes.nbytes / memory)
    assert read == sorted({*read})
    assert max(held[1:]) < 1


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6), SIZES, LENGTHS, ALPHAS, SPREADS, st.integers(1, 40))
def test_exhaustive_search_that_is_ended_early_says_so_and_its_gap_holds(
    source: int, size: int, longest: int, alpha: float, spread: float, nodes: int
) -> None:
    scorer, asked = Random(size, spread), {"max_length": longest, "alpha": alpha}
    whole, seen = exhaustive(scorer, source, **asked), []
    tree = exhaustive(scorer, source, **asked, budget=Budget(nodes=nodes), watch=seen.append)
    assert tree.bill.prefixes_read == min(nodes, whole.bill.prefixes_read) == seen[-1].read
    assert (tree.stopped == "nothing left") == (seen[-1].open == 0)
    assert seen[-1].open == sum(node.fate == "open" for node in tree)
    best, optimum = tree.n_best[0], whole.n_best[0].score
    if not best.finished:
        assert tree.gap == math.inf
    else:
        assert seen[-1].best == pytest.approx(best.score)
        assert optimum <= best.score + tree.gap + 1e-9
        assert not tree.proved_optimal or best.score == pytest.approx(optimum, abs=1e-9)


def test_exhaustive_search_can_be_stopped_and_keeps_what_it_found() -> None:
    told: list[int] = []

    def stop() -> bool:
        told.append(1)
        return len(told) > 3

    tree = exhaustive(Random(4, 0.5), 3, max_length=9, alpha=1.0, stop=stop)
    assert tree.stopped == "asked"
    assert tree.bill.decoder_calls == 3
    assert tree.n_best[0].finished
    assert not tree.proved_optimal
    assert 0 < tree.gap < math.inf
    late = exhaustive(Random(4), 3, max_length=9, budget=Budget(seconds=1e-9))
    assert (late.stopped, late.bill.prefixes_read, late.gap) == ("seconds", 0, math.inf)


@settings(max_examples=100, deadline=None)
@given(
    st.integers(0, 10**6),
    SIZES,
    LENGTHS,
    ALPHAS,
    SPREADS,
    st.integers(1, 6),
    st.sampled_from(["first k", "nothing can win"]),
)
def test_the_gap_of_a_beam_holds(
    source: int, size: int, longest: int, alpha: float, spread: float, width: int, stopping: str
) -> None:
    scorer, asked = Random(size, spread), {"max_length": longest, "alpha": alpha}
    for number in range(source, source + 3):
        optimum = exhaustive(scorer, number, **asked).n_best[0].score
        tree = beam(scorer, number, **asked, width=width, stopping=stopping)
        if tree.n_best[0].finished:
            assert optimum <= tree.n_best[0].score + tree.gap + 1e-9
        else:
            assert tree.gap == math.inf


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), SIZES, st.integers(1, 8), ALPHAS, st.integers(1, 5))
def test_a_beam_that_waits_until_nothing_can_win_is_at_least_as_good(
    source: int, size: int, longest: int, alpha: float, width: int
) -> None:
    scorer, asked = Random(size), {"max_length": longest, "alpha": alpha, "width": width}
    early = beam(scorer, source, **asked)
    late = beam(scorer, source, **asked, stopping="nothing can win")
    if early.n_best[0].finished and width == 1:
        assert late.n_best[0].score >= early.n_best[0].score
    if late.stopped == "nothing can win":
        going = [node for node in late if node.fate == "open"]
        worth = max(node.total for node in going) / longest**alpha
        assert worth <= late.n_best[0].score


def test_a_search_that_is_asked_to_stop_keeps_what_it_found() -> None:
    scorer, seen = Random(40, 0.5), []
    tree = decode(
        scorer,
        1,
        "exact",
        max_length=12,
        watch=seen.append,
        stop=lambda: len(seen) == 3,
    )
    assert tree.stopped == "asked"
    assert not tree.proved_optimal
    assert len(seen) == 3
    assert [progress.read for progress in seen] == sorted({progress.read for progress in seen})
    assert tree.n_best[0].score == seen[-1].best
    assert seen[-1].best >= beam(scorer, 1, width=5, max_length=12, alpha=0.75).n_best[0].score
    assert seen[-1].bound - seen[-1].best == pytest.approx(tree.gap)


def test_seconds_are_a_budget_too() -> None:
    tree = decode(Random(40, 0.5), 1, "exact", max_length=12, budget=Budget(seconds=1e-6))
    assert tree.stopped == "seconds"
    assert 0 < tree.gap < math.inf
