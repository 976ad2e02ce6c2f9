"""Which units carry a key, and what the verdict makes of their gates."""

from random import Random

import numpy as np
import pytest

from explorer.experiments.ideal_gates import IDEAL, carried, judge
from explorer.experiments.texts import questions
from explorer.text.recall import answer

from .numbers import with_changed


def test_a_unit_carries_what_its_state_moves_by():
    hidden = np.array([[0.5, 0.1, 0.0], [0.5, 0.3, 0.0]])
    swapped = np.array([[-0.1, 0.1, 0.0], [0.5, 0.5, 0.0]])
    np.testing.assert_allclose(carried(hidden, swapped), [0.75, 0.25, 0.0])


def test_the_key_stands_where_it_is_said_to():
    for text in questions(Random(1), 20, past=4, lag=9):
        assert (text[4], text[5], text[14]) == ("!", answer(text), "?")
        assert len(text) == 15


@pytest.mark.parametrize(
    ("away", "verdict"), [(0.05, "holds"), (0.3, "holds in part"), (0.6, "does not hold here")]
)
def test_the_verdict_follows_the_gates(away, verdict):
    def moved(row):
        ideal = IDEAL.get((row["gate of"], row["place"]))
        if ideal is None or row["units"] != "carrying":
            return {}
        return {"mean": ideal + away if ideal == 0 else ideal - away}

    assert judge(with_changed("ideal-gates", "gates", moved)).verdict == verdict
