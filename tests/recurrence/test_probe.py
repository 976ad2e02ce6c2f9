"""The probe against as many fits as there are states, each without one of them."""

import numpy as np
import pytest

from explorer.errors import ExplorerError
from explorer.recurrence.probe import linear_probe, probe_parts

RANDOM = np.random.default_rng(0)
STATES = RANDOM.normal(size=(30, 5))
NOISY = np.array(["abc"[int(n)] for n in np.clip(STATES[:, 0] + 1.5, 0, 2)])


def one_by_one(states: np.ndarray, labels: np.ndarray) -> float:
    """Ridge regression solved anew without each row; the last column is the intercept."""
    groups = np.unique(labels)
    centred = states - states.mean(0)
    penalty = np.eye(states.shape[1] + 1) * (centred**2).sum() / len(states)
    penalty[-1, -1] = 0
    rows = np.c_[centred, np.ones(len(states))]
    targets = (labels[:, None] == groups).astype(float)
    right = 0
    for place in range(len(states)):
        others = np.arange(len(states)) != place
        X, Y = rows[others], targets[others]
        weights = np.linalg.solve(X.T @ X + penalty, X.T @ Y)
        right += groups[(rows[place] @ weights).argmax()] == labels[place]
    return right / len(states)


def test_leaving_one_out_is_fitting_without_it() -> None:
    probe = linear_probe(STATES, NOISY)
    assert probe.accuracy == one_by_one(STATES, NOISY)
    assert probe.majority == max(np.mean(group == NOISY) for group in "abc")
    wide = RANDOM.normal(size=(20, 50))
    assert linear_probe(wide, NOISY[:20]).accuracy == one_by_one(wide, NOISY[:20])


@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e3])
def test_what_is_there_is_read_off_whatever_the_scale(scale: float) -> None:
    labels = np.where(STATES[:, 1] > 0, "yes", "no")
    apart = STATES + 4 * np.sign(STATES[:, [1]]) * np.eye(5)[1]
    assert linear_probe(apart * scale, labels).accuracy == 1


def test_what_is_not_there_is_not_read_off() -> None:
    states, labels = RANDOM.normal(size=(300, 40)), RANDOM.choice(list("abcd"), 300)
    assert linear_probe(states, labels).accuracy < 0.4


def test_states_that_are_all_alike_say_nothing() -> None:
    assert linear_probe(np.ones((6, 3)), list("aaaabb")).accuracy <= 4 / 6


def test_leaving_parts_of_one_state_out_is_leaving_one_out() -> None:
    probes = probe_parts(STATES, NOISY, range(len(STATES)))
    assert np.mean([probe.accuracy for probe in probes]) == linear_probe(STATES, NOISY).accuracy


def test_what_only_neighbours_share_is_not_read_off_across_parts() -> None:
    parts = np.repeat(np.arange(20), 15)
    states = RANDOM.normal(size=(20, 40))[parts] + 0.01 * RANDOM.normal(size=(300, 40))
    labels = RANDOM.choice(list("ab"), 20)[parts]
    assert linear_probe(states, labels).accuracy == 1  # the part gives its label away
    assert np.mean([probe.accuracy for probe in probe_parts(states, labels, parts)]) < 0.8


def test_a_part_is_asked_of_a_fit_to_the_others() -> None:
    states = np.r_[np.eye(3), np.eye(3), np.eye(3)]
    labels = list("abcabcaaa")
    probes = probe_parts(states, labels, np.repeat([0, 1, 2], 3))
    assert probes[2].accuracy == pytest.approx(1 / 3)
    assert probes[2].majority == 1 or probes[2].majority == 0  # a, b and c are as common elsewhere
    assert probes[0].majority == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("states", "labels", "sentence"),
    [
        (np.ones((3, 2)), list("ab"), "for 2 labels it was given one of shape (3, 2)"),
        (np.ones(3), list("aba"), "for 3 labels it was given one of shape (3,)"),
        (np.ones((3, 2)), list("aaa"), "at least two different labels"),
        (np.ones((0, 2)), [], "at least two different labels"),
    ],
)
def test_what_cannot_be_probed_gets_a_sentence(states, labels, sentence) -> None:
    with pytest.raises(ExplorerError) as raised:
        linear_probe(states, labels)
    assert sentence in str(raised.value)
