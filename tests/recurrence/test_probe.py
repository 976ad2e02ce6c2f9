"""The probe against as many fits as there are states, each without one of them."""

import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from time import process_time

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.utils.rnn import pack_sequence

from explorer.errors import ExplorerError
from explorer.recurrence.probe import linear_probe, probe_parts
from explorer.recurrence.trace import trace

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
    assert probe.dropped == 0


@pytest.mark.parametrize("units", [1, 19, 20, 21, 50])  # the smaller system is one or the other
def test_either_system_gives_the_same(units: int) -> None:
    states = RANDOM.normal(size=(20, units)) + 3 * (NOISY[:20] == "b")[:, None]
    assert linear_probe(states, NOISY[:20]).accuracy == one_by_one(states, NOISY[:20])


def test_what_it_costs_grows_with_the_states_and_not_with_their_square() -> None:
    states, labels = RANDOM.normal(size=(8000, 8)), RANDOM.choice(list("ab"), 8000)
    linear_probe(states[:10], list("ab") * 5)  # torch wakes up
    tracemalloc.start()
    began = process_time()
    linear_probe(states, labels)
    assert process_time() - began < 2  # the square takes minutes
    assert tracemalloc.get_traced_memory()[1] < 2**26
    tracemalloc.stop()


def test_the_padding_of_a_trace_is_dropped_and_counted() -> None:
    torch.manual_seed(0)
    packed = pack_sequence([torch.randn(40, 4), torch.randn(25, 4)])
    hidden = trace(nn.GRU(4, 6), packed)["hidden"].sel(layer=0, direction="forward")
    labels = np.where(hidden[..., 0] > 0, "a", "b")  # (batch, step)
    whole = ~np.isnan(hidden.values).any(-1)
    expected = linear_probe(hidden.values[whole], labels[whole])
    assert linear_probe(hidden, labels) == replace(expected, dropped=15)
    assert linear_probe(hidden.values.reshape(-1, 6), labels.ravel()).dropped == 15
    assert "dropped=15" in repr(linear_probe(hidden, labels))
    unlabelled = np.where(whole, (hidden[..., 0] > 0).astype(float), np.nan)
    assert linear_probe(np.nan_to_num(hidden), unlabelled) == replace(expected, dropped=15)
    labels[1, 25:] = ""  # as its tokens are: no third label
    assert linear_probe(hidden, labels) == replace(expected, dropped=15)


def test_a_part_drops_its_own() -> None:
    holes = STATES.copy()
    holes[[3, 4, 17], 2] = np.nan
    kept, parts = ~np.isnan(holes).any(1), np.repeat([0, 1, 2], 10)
    found = probe_parts(holes, NOISY, parts)
    expected = probe_parts(STATES[kept], NOISY[kept], parts[kept])
    assert found == [replace(one, dropped=n) for one, n in zip(expected, (2, 1, 0), strict=True)]
    with pytest.raises(ExplorerError, match="Every state in part 1 contains NaN"):
        probe_parts(np.where(parts[:, None] == 1, np.nan, STATES), NOISY, parts)


@pytest.mark.parametrize(
    "form",
    [
        np.ndarray.tolist,
        np.float16,
        torch.tensor,
        lambda states: torch.tensor(states).to_sparse(),
        lambda states: torch.tensor(states, requires_grad=True),
        lambda states: torch.tensor(states).bfloat16(),
        lambda states: states * 1e200,  # the square is no number
    ],
)
def test_states_and_labels_come_in_any_form(form: Callable) -> None:
    states, labels = np.sign(STATES), STATES[:, 1] > 0
    expected = linear_probe(states, labels)
    assert linear_probe(form(states), torch.tensor(labels)) == expected
    assert linear_probe(form(states), "".join(np.where(labels, "y", "n"))) == expected
    assert linear_probe(form(states), labels.astype(int).tolist()) == expected


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
        (np.ones((3, 2)), list("ab"), "for 2 labels, it was given one of shape (3, 2)"),
        (np.ones(3), list("aba"), "for 3 labels, it was given one of shape (3,)"),
        (np.ones((3, 2)), list("aaa"), "at least two different labels"),
        (np.ones((0, 2)), [], "at least two different labels"),
        (np.full((3, 2), np.nan), list("aba"), "at least two different labels"),
        ([[1, 1], [1, 1], [np.nan, 1]], list("aab"), "at least two different labels"),
        (np.ones((3, 0)), list("aba"), "one of shape (3, 0)"),
        (np.ones((2, 3, 2)), list("aba"), "one of shape (2, 3, 2)"),
        ([[1.0], [np.inf], [2.0]], list("aba"), "must be finite real numbers"),
        ([[1.0], [2.0, 3.0]], list("ab"), "must be finite real numbers"),
        ([["1"], ["2"]], list("ab"), "must be finite real numbers"),
        (np.ones((2, 2)) * 1j, list("ab"), "must be finite real numbers"),
        (torch.ones(2, 2, device="meta"), list("ab"), "must be finite real numbers"),
        (None, list("ab"), "must be finite real numbers"),
        (np.ones((3, 2)), ["a", None, "b"], "all strings or all numbers"),
        (np.ones((3, 2)), [["a"], ["b"], ["c", "d"]], "all strings or all numbers"),
        (np.ones((3, 2)), None, "all strings or all numbers"),
        (np.ones((3, 2)), 3, "for 1 labels"),
    ],
)
def test_what_cannot_be_probed_gets_a_sentence(states, labels, sentence) -> None:
    with pytest.raises(ExplorerError) as raised:
        linear_probe(states, labels)
    assert sentence in str(raised.value)
