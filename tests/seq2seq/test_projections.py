"""Projections against NumPy's and torch's own, and by what defines them."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from explorer.seq2seq.projections import along_line, between_groups, principal_components

STATES = np.random.default_rng(0).normal(size=(40, 7)) * [5, 3, 2, 1, 1, 0.5, 0.1]
LABELS = ["abcd"[n % 4] for n in range(40)]


def test_principal_components_are_the_eigenvectors_of_the_covariance() -> None:
    found = principal_components(STATES, 3)
    values, vectors = np.linalg.eigh(np.cov(STATES.T))
    np.testing.assert_allclose(found.share, values[::-1][:3] / values.sum(), atol=1e-12)
    np.testing.assert_allclose(abs(found.axes @ vectors[:, ::-1][:, :3]), np.eye(3), atol=1e-9)


def test_principal_components_are_torchs() -> None:
    torch.manual_seed(0)
    _, _, axes = torch.pca_lowrank(torch.from_numpy(STATES), q=7)
    found = principal_components(STATES, 2)
    np.testing.assert_allclose(abs(found.axes), abs(axes.T[:2].numpy()), atol=1e-8)


@pytest.mark.parametrize("signs", [1, -1])
def test_no_axis_is_mirrored_by_chance(signs: int) -> None:
    axes = principal_components(STATES * signs, 4).axes
    np.testing.assert_allclose(axes, principal_components(STATES, 4).axes, atol=1e-12)
    assert (np.take_along_axis(axes, abs(axes).argmax(1)[:, None], 1) > 0).all()


@given(arrays(np.float64, (12, 5), elements=st.floats(-10, 10, width=32)))
def test_axes_are_orthonormal_and_keep_distances_where_they_are_complete(states) -> None:
    found = principal_components(states, 5)
    np.testing.assert_allclose(found.axes @ found.axes.T, np.eye(5), atol=1e-9)
    before = np.linalg.norm(states[:, None] - states, axis=-1)
    seen = found(states)
    np.testing.assert_allclose(np.linalg.norm(seen[:, None] - seen, axis=-1), before, atol=1e-6)
    assert found.share.sum() == pytest.approx(1 if states.std(0).any() else 0, abs=1e-6)


def test_a_projected_state_is_its_products_with_the_axes() -> None:
    found = principal_components(STATES)
    one = STATES[3] * 2
    expected = [sum((one - STATES.mean(0)) * axis) for axis in found.axes]
    np.testing.assert_allclose(found(one[None])[0], expected)


def test_groups_lie_apart_as_their_weighed_means_do() -> None:
    means = {g: STATES[[x == g for x in LABELS]].mean(0) for g in "abcd"}
    each = np.stack([means[label] for label in LABELS])  # one row a state
    found = between_groups(STATES, LABELS, 3)
    np.testing.assert_allclose(found.axes, principal_components(each, 3).axes, atol=1e-9)
    spread = (found.axes @ (STATES - STATES.mean(0)).T).var(1)
    np.testing.assert_allclose(found.share, spread / STATES.var(0).sum())


def test_two_groups_differ_in_one_direction() -> None:
    labels = ["left" if n % 2 else "right" for n in range(40)]
    assert between_groups(STATES, labels, 2).axes.shape == (1, 7)


def test_a_line_lies_along_the_first_axis_and_the_rest_varies_most_along_the_second() -> None:
    ends = STATES[[3, 8]] * 3
    found = along_line(STATES, ends)
    first, second = found(ends)
    assert second[0] - first[0] == pytest.approx(np.linalg.norm(ends[1] - ends[0]))
    assert second[1] == pytest.approx(first[1])
    np.testing.assert_allclose(found.axes @ found.axes.T, np.eye(2), atol=1e-12)
    basis = np.linalg.svd(found.axes[:1])[2][1:]  # all that is across the line
    values, vectors = np.linalg.eigh(np.cov(basis @ STATES.T))
    assert abs(found.axes[1] @ basis.T @ vectors[:, -1]) == pytest.approx(1)
    assert found.share[1] == pytest.approx(values[-1] / np.cov(STATES.T).trace())
