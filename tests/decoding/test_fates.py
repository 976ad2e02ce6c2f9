"""When a prefix's fate was decided: what the searches write, checked against replays of them."""

from functools import cache
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from explorer.decoding.budget import Budget
from explorer.decoding.decode import decode
from explorer.decoding.exact import exact
from explorer.decoding.ranking import SLACK
from tests.decoding.scorers import Hashed, Random


class Noting(Random):
    """A scorer that notes the states of the prefixes that every call reads."""

    calls: list[set[int]]

    def __init__(self, size: int, spread: float = 2.0) -> None:
        super().__init__(size, spread)
        object.__setattr__(self, "calls", [])

    def step(self, state: Hashed, tokens: Tensor) -> tuple[Tensor, Hashed]:
        log_probs, after = super().step(state, tokens)
        self.calls.append(set(after.numbers.tolist()))
        return log_probs, after

    def state_of(self, source: int, tokens: tuple[int, ...]) -> int:
        state = self.start([source])
        for token in (self.begin, *tokens):
            _, state = super().step(state, Tensor([token]).long())
        return int(state.numbers[0])


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["greedy", "beam", "exhaustive", "exact"]),
    st.integers(0, 10**6),
    st.integers(2, 7),
)
def test_nothing_is_decided_before_it_was_looked_at(strategy: Any, source: int, size: int) -> None:
    tree = decode(Random(size), source, strategy, width=3, max_length=4)
    last = tree.nodes["decided"].max()
    for node in tree:
        assert node.call <= node.decided <= last
        children = tree.children(node.number)
        if node.fate == "kept" and children:
            first = min(child.call for child in children)
            # What only its beam found joins exact search's tree at the end.
            assert node.decided == first or (strategy == "exact" and node.decided < first == last)
        if node.fate == "finished" or (node.fate == "pruned" and node.reason != "bound"):
            assert node.decided == node.call
        if node.fate in ("open", "best"):
            assert node.decided == last


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["greedy", "beam", "exhaustive", "exact"]),
    st.integers(0, 10**6),
    st.integers(2, 7),
    st.integers(1, 40),
)
def test_a_prefix_is_kept_with_the_call_that_reads_it_on(
    strategy: Any, source: int, size: int, nodes: int
) -> None:
    """Whether or not one of its continuations could win: what the scorer was asked says it."""
    scorer = Noting(size, 1.0)
    object.__setattr__(scorer, "trusted", True)
    budget = Budget(nodes=nodes)
    tree = decode(scorer, source, strategy, width=2, max_length=4, budget=budget)
    own = len(scorer.calls) - int(tree.nodes["decided"].max())
    assert own >= 0
    calls = scorer.calls[own:]  # exact search's first beam comes before its own calls
    for node in tree:
        if node.fate == "kept":
            read = scorer.state_of(source, tree.tokens(node.number))
            assert read in calls[node.decided - 1]
            assert strategy != "exact" or not any(read in some for some in calls[node.decided :])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([0.0, 0.75]))
def test_exact_search_prunes_with_the_hypothesis_that_raised_the_bound(
    source: int, alpha: float
) -> None:
    tree = exact(Random(12, 0.7), source, max_length=5, alpha=alpha, width=1, batch=3)
    longest = tree.max_length**alpha
    finished = [tree[int(n)] for n in tree.finished]

    @cache
    def floor(call: int) -> float:
        scores = [node.score for node in finished if node.call <= call]
        return max(scores, default=-np.inf) * longest - SLACK

    for node in tree:
        if node.reason == "bound":
            assert floor(node.decided) > node.total - 1e-9
            assert abs(floor(node.decided) - node.total - node.below) < 1e-9
            assert floor(node.decided - 1) < node.total + 1e-9
