"""Which prefixes a picture has room for: checked on random searches."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decoding.decode import decode
from explorer.decoding.subsample import subsample
from explorer.decoding.tree import SearchTree
from tests.decoding.scorers import Random

TREES = st.builds(
    lambda strategy, source, size, width: decode(
        Random(size), source, strategy, width=width, max_length=4, alpha=0.75
    ),
    st.sampled_from(["greedy", "beam", "exhaustive", "exact"]),
    st.integers(0, 10**6),
    st.integers(2, 7),
    st.integers(1, 5),
)


def best_path(tree: SearchTree) -> set[int]:
    return {0, *(node.number for node in tree.path(tree.best))}


@settings(max_examples=100, deadline=None)
@given(TREES, st.integers(1, 400))
def test_there_is_room_the_best_is_there_and_no_parent_is_missing(tree, most):
    numbers = subsample(tree, most)
    assert np.all(np.diff(numbers) > 0)
    assert len(numbers) <= max(most, len(best_path(tree)))
    assert len(numbers) >= min(most, len(tree))
    assert best_path(tree) <= set(numbers)
    assert set(tree.nodes["parent"][numbers[1:]]) <= set(numbers)


@settings(max_examples=60, deadline=None)
@given(TREES, st.integers(1, 100))
def test_more_room_only_adds(tree, most):
    assert set(subsample(tree, most)) <= set(subsample(tree, most + 1))


@settings(max_examples=60, deadline=None)
@given(TREES)
def test_the_finished_come_first_those_of_high_score_before_others(tree):
    wanted = {0}
    for number in tree.ranked(tree.alpha):
        wanted |= {node.number for node in tree.path(number)}
        assert wanted <= set(subsample(tree, len(wanted)))


@given(st.integers(0, 10**6))
def test_of_a_wide_beam_every_step_keeps_its_best_and_what_was_pruned(source):
    tree = decode(Random(9), source, "beam", width=9, max_length=5)
    steps = tree.nodes["step"]
    numbers = subsample(tree, 2 * len(tree) // 3)
    for step in range(1, int(steps.max()) + 1):
        of_step = [tree[int(n)] for n in np.flatnonzero(steps == step)]
        for wanted in ("kept", "pruned"):
            some = [n for n in of_step if n.fate == wanted]
            if some:
                assert max(some, key=lambda n: n.total).number in numbers


@pytest.mark.parametrize("most", [1, 2, 10**9])
def test_extremes(most):
    tree = decode(Random(4), 1, "exhaustive", max_length=3)
    expected = len(tree) if most > len(tree) else len(best_path(tree))
    assert len(subsample(tree, most)) == expected
