"""Neighbours by brute force and by torch."""

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from explorer.seq2seq.neighbours import nearest

STATES = np.random.default_rng(0).normal(size=(30, 6)).astype(np.float32)


def test_the_nearest_have_the_largest_cosine() -> None:
    found = nearest(STATES, STATES[4] * 3, 30)
    cosines = torch.cosine_similarity(torch.from_numpy(STATES), torch.from_numpy(STATES[4])[None])
    assert found[0].place == 4
    assert [n.place for n in found] == sorted(range(30), key=lambda n: -cosines[n])
    expected = cosines.sort(descending=True).values
    np.testing.assert_allclose([n.similarity for n in found], expected, atol=1e-6)


@given(arrays(np.float64, (9, 4), elements=st.floats(-5, 5, width=16)), st.integers(0, 12))
def test_as_many_as_there_are_the_most_similar_first(states, count) -> None:
    found = nearest(states, states[0], count)
    assert len(found) == min(count, 9)
    similarities = [n.similarity for n in found]
    assert similarities == sorted(similarities, reverse=True)
    assert all(-1 - 1e-9 <= s <= 1 + 1e-9 for s in similarities)


def test_a_state_of_zeros_is_like_nothing() -> None:
    assert [n.similarity for n in nearest(STATES, np.zeros(6), 3)] == [0, 0, 0]
