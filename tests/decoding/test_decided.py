"""When a prefix's fate was known: checked against a replay of the search."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decoding.decided import decided
from explorer.decoding.decode import decode
from explorer.decoding.exact import exact
from explorer.decoding.ranking import SLACK
from tests.decoding.scorers import Random


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["greedy", "beam", "exhaustive", "exact"]),
    st.integers(0, 10**6),
    st.integers(2, 7),
)
def test_nothing_is_known_before_it_was_looked_at(strategy, source, size):
    tree = decode(Random(size), source, strategy, width=3, max_length=4)
    known = decided(tree)
    for node, call in zip(tree, known, strict=True):
        assert node.call <= call <= tree.columns.call.max()
        children = tree.children(node.number)
        if node.fate == "kept" and children:
            assert call == min(child.call for child in children)
        if node.fate == "finished" or (node.fate == "pruned" and node.reason != "bound"):
            assert call == node.call


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([0.0, 0.75]))
def test_exact_search_prunes_with_the_hypothesis_that_raised_the_bound(source, alpha):
    tree = exact(Random(12, 0.7), source, max_length=5, alpha=alpha, width=1, batch=3)
    longest = tree.max_length**alpha
    finished = [tree[int(n)] for n in tree.finished]

    def floor(call: int) -> float:
        scores = [node.score for node in finished if node.call <= call]
        return max(scores, default=-np.inf) * longest - SLACK

    for node, call in zip(tree, decided(tree), strict=True):
        if node.reason == "bound":
            assert floor(int(call)) > node.total - 1e-3
            assert call == node.call or floor(int(call) - 1) < node.total + node.below + 1e-3
