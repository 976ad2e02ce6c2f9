"""Which units carry a key, and what the verdict makes of their gates."""

from random import Random

import numpy as np
import pytest

from explorer.experiments.ideal_gates import IDEAL, UNTIL, WHOLLY, carried, judge
from explorer.experiments.tables import columns
from explorer.experiments.texts import questions
from explorer.text.recall import answer


def test_a_unit_carries_what_its_state_moves_by():
    hidden = np.array([[0.5, 0.1, 0.0], [0.5, 0.3, 0.0]])
    swapped = np.array([[-0.1, 0.1, 0.0], [0.5, 0.5, 0.0]])
    np.testing.assert_allclose(carried(hidden, swapped), [0.75, 0.25, 0.0])


def test_the_key_stands_where_it_is_said_to():
    for text in questions(Random(1), 20, past=4, lag=9):
        assert (text[4], text[5], text[14]) == ("!", answer(text), "?")
        assert len(text) == 15


@pytest.mark.parametrize(
    ("away", "cost", "verdict"),
    [
        (0.05, 0.0, "holds"),
        (0.05, 2.0, "holds in part"),
        (0.3, 0.0, "holds in part"),
        (0.3, 2.0, "does not hold here"),
    ],
)
def test_the_verdict_follows_the_gates_and_what_the_ideal_costs(away, cost, verdict):
    gates = [
        {"units": "carrying", "gate of": gate, "place": place, "seed": seed, "mean": mean}
        for (gate, place), ideal in IDEAL.items()
        for seed, mean in enumerate([abs(ideal - away), abs(ideal - away) + 1e-3] * 3)
    ]
    costs = [
        {"set to the ideal": trial, "seed": seed, "mean": 0.0 if trial == "none" else cost}
        for trial in ("none", UNTIL, WHOLLY)
        for seed in range(6)
    ]
    assert judge({"gates": columns(gates), "set": columns(costs)}).verdict == verdict


def test_models_that_differ_are_not_near_because_their_mean_is():
    gates = [
        {"units": "carrying", "gate of": gate, "place": place, "seed": seed, "mean": mean}
        for gate, place in IDEAL
        for seed, mean in enumerate([0.0, 1.0, 0.0, 1.0])
    ]
    free = [{"set to the ideal": t, "seed": 0, "mean": 0.0} for t in ("none", UNTIL, WHOLLY)] * 4
    free = [{**row, "seed": n // 3} for n, row in enumerate(free)]
    assert judge({"gates": columns(gates), "set": columns(free)}).verdict == "holds in part"
