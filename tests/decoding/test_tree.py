"""What holds of every tree, whichever search grew it."""

import json
import math
import pickle
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decoding.budget import Budget
from explorer.decoding.decode import decode
from explorer.decoding.export import to_json
from explorer.decoding.tree import FATES, SearchTree
from tests.decoding.scorers import END, Random

STRATEGIES = st.sampled_from(["greedy", "beam", "exhaustive", "exact"])


def a_tree(strategy: str, source: int, size: int, longest: int, alpha: float) -> SearchTree:
    return decode(
        Random(size), source, strategy, width=3, alpha=alpha, max_length=longest,
        budget=Budget(nodes=9),
    )  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(
    STRATEGIES,
    st.integers(0, 10**6),
    st.integers(2, 9),
    st.integers(1, 4),
    st.sampled_from([0.0, 0.75]),
)
def test_every_node_follows_from_its_parent(
    strategy: str, source: int, size: int, longest: int, alpha: float
) -> None:
    tree = a_tree(strategy, source, size, longest, alpha)
    nodes = list(tree)
    assert (nodes[0].parent, nodes[0].step, nodes[0].total, nodes[0].score) == (None, 0, 0.0, 0.0)
    for before, node in pairwise(nodes):
        assert node.parent is not None
        parent = nodes[node.parent]
        assert node.parent < node.number
        assert node.call >= before.call
        assert parent.fate == "kept" or strategy == "exact"  # what its beam found is there too
        assert not parent.ended
        assert node.step == parent.step + 1 <= longest
        assert node.log_prob <= 0
        assert node.total == pytest.approx(parent.total + node.log_prob)
        assert node.score == pytest.approx(node.total / node.step**alpha)
        assert node.ended == (node.token == END)
    seen = [(node.parent, node.token) for node in nodes]
    assert len(set(seen)) == len(seen)


@settings(max_examples=60, deadline=None)
@given(STRATEGIES, st.integers(0, 10**6), st.integers(2, 9), st.integers(1, 4))
def test_fates_and_reasons_fit(strategy: str, source: int, size: int, longest: int) -> None:
    tree = a_tree(strategy, source, size, longest, 0.75)
    for node in tree:
        continued = len(tree.children(node.number)) > 0
        assert continued <= (node.fate == "kept" or strategy == "exact")
        assert (node.fate == "best") == (node.number == tree.best)
        assert (node.reason != "") == (node.fate == "pruned") or node.number == tree.best
        assert node.below >= 0 or math.isnan(node.below)
        assert node.ended <= (node.fate in ("finished", "best", "pruned"))
        assert (node.fate == "finished") <= node.ended
    assert tree.n_best[0] == tree.hypothesis(tree.best)
    assert [h.score for h in tree.n_best] == sorted((h.score for h in tree.n_best), reverse=True)
    assert tree.bill.prefixes_read >= sum(node.fate == "kept" for node in tree)
    assert tree.bill.continuations_scored == tree.bill.prefixes_read * size
    assert tree.bill.seconds > 0


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(3, 9), st.integers(1, 5), st.integers(1, 4))
def test_a_beams_ranks_are_those_of_its_totals(
    source: int, size: int, longest: int, width: int
) -> None:
    tree = decode(Random(size), source, "beam", width=width, max_length=longest)
    for step in range(1, longest + 1):
        nodes = [node for node in tree if node.step == step]
        assert [node.rank for node in nodes] == sorted({node.rank for node in nodes})
        totals = [node.total for node in nodes]
        assert totals == sorted(totals, reverse=True)
        went = [node for node in nodes if node.fate in ("kept", "open") or node.reason == "length"]
        assert len(went) <= width
        for node in nodes:
            if node.reason == "rank" and not node.ended:
                assert node.below == pytest.approx(min(n.total for n in went) - node.total)
            if node.ended:
                assert (node.reason == "rank") == (node.rank > width)
        assert sum(node.reason == "rank" for node in nodes) <= 5


@given(st.integers(0, 10**6), st.floats(0, 3))
def test_another_alpha_ranks_again_without_a_search(source: int, alpha: float) -> None:
    tree = decode(Random(5), source, "exhaustive", width=1000, alpha=0, max_length=3)
    other = decode(Random(5), source, "exhaustive", width=1000, alpha=alpha, max_length=3)
    ranked = [tree.hypothesis(number).log_prob for number in tree.ranked(alpha)]
    assert ranked == pytest.approx([found.log_prob for found in other.n_best])


def test_a_tree_cannot_be_written_to_and_can_be_kept() -> None:
    tree = decode(Random(5), 1, "beam", max_length=4)
    with pytest.raises(ValueError, match="read-only"):
        tree.nodes["total"][1] = 0
    again = pickle.loads(pickle.dumps(tree))
    assert again.n_best == tree.n_best
    with pytest.raises(IndexError):
        tree[len(tree)]


@pytest.mark.parametrize("strategy", ["greedy", "beam", "exhaustive", "exact"])
def test_the_json_is_the_tree(strategy: str) -> None:
    tree = a_tree(strategy, 5, 4, 3, 0.75)
    written = json.loads(json.dumps(to_json(tree), allow_nan=False))
    columns = written["nodes"]
    assert {len(column) for column in columns.values()} == {len(tree)}
    assert columns["total"] == tree.nodes["total"].tolist()
    assert columns["fate"] == [node.fate for node in tree]
    assert set(columns["fate"]) <= set(FATES)
    assert columns["below"] == [None if math.isnan(n.below) else n.below for n in tree]
    assert written["best"] == tree.best
    assert written["n_best"][0]["tokens"] == [str(token) for token in tree.n_best[0].tokens]
    assert written["bill"]["continuations_scored"] == tree.bill.continuations_scored


def test_a_search_in_which_nothing_ends_gives_the_best_that_was_cut() -> None:
    class Never(Random):
        def log_probs(self, read):
            log_probs = super().log_probs(read)
            log_probs[:, END] = -np.inf
            return log_probs

    for strategy in ("greedy", "beam", "exhaustive", "exact"):
        tree = decode(Never(4), 3, strategy, max_length=3, alpha=1.0)
        (best,) = tree.n_best
        assert not best.finished
        assert len(best.tokens) == 3
        assert best.score == pytest.approx(best.log_prob / 3)
        assert tree.gap == math.inf
        assert not tree.proved_optimal
