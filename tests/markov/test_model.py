"""A hidden Markov model refuses what is none, by the name of the row, and draws what it says."""

import numpy as np
import pytest

from explorer.errors import ExplorerError
from explorer.markov import reading
from explorer.markov.examples import BIRD
from explorer.markov.model import HiddenMarkovModel
from explorer.markov.sampling import sample


def changed(**fields):
    own = {name: getattr(BIRD, name) for name in ("states", "symbols", "start", "transition")}
    return HiddenMarkovModel(**{**own, "emission": BIRD.emission, **fields})


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"start": (0.5, 0.3, 0.3)}, r"P\(z₁\) sums to 1.1"),
        (
            {"transition": (BIRD.transition[0], (0.2, 0.7, 0.2), BIRD.transition[2])},
            r"P\(z′ \| feeds\) sums to 1.1",
        ),
        (
            {"emission": ((0.8, 0.1, 0.05), *BIRD.emission[1:])},
            r"P\(x \| rests\) sums to 0.95",
        ),
        ({"start": (1.5, -0.5, 0.0)}, r"P\(z₁\) contains 1.5"),
        ({"start": (float("nan"), 0.5, 0.5)}, "contains nan"),
        ({"start": (0.5, 0.5)}, "has 2 numbers; it needs 3"),
        ({"transition": BIRD.transition[:2]}, "Every state needs a row"),
    ],
)
def test_a_row_that_will_not_do_is_named(fields, said):
    with pytest.raises(ExplorerError, match=said):
        changed(**fields)


def test_three_rounded_thirds_are_a_row():
    third = changed(start=(0.333333, 0.333333, 0.333334))
    assert third.pi.sum() == 1


def test_samples_have_the_shares_of_the_model():
    drawn = sample(BIRD, sequences=20_000, length=3, chance=np.random.default_rng(0))
    counted = np.bincount(drawn.states[:, 0], minlength=3) / 20_000
    np.testing.assert_allclose(counted, BIRD.pi, atol=0.015)
    for state in range(3):
        there = drawn.states[:, 1] == state
        following = np.bincount(drawn.states[there, 2], minlength=3) / there.sum()
        shown = np.bincount(drawn.symbols[there, 1], minlength=3) / there.sum()
        np.testing.assert_allclose(following, BIRD.A[state], atol=0.03)
        np.testing.assert_allclose(shown, BIRD.B[state], atol=0.03)


def test_names_rows_and_sequences_are_read_as_typed():
    assert reading.names("rain,  clear sky，fog") == ("rain", "clear sky", "fog")
    assert reading.row("1/3, 0.5 .25", name="r") == pytest.approx((1 / 3, 0.5, 0.25))
    assert reading.sequence("Fog clearsky, FOG", ("clear sky", "fog")) == (1, 0, 1)


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (lambda: reading.names("one"), "2 to 5 names"),
        (lambda: reading.names("a, b, a"), "a occurs twice"),
        (lambda: reading.names(f"a, {'b' * 17}"), "longer than 16"),
        (lambda: reading.row("0.5 half", name="P(z₁)"), r"P\(z₁\) contains half"),
        (lambda: reading.row("1/0", name="P(z₁)"), "not a number"),
        (lambda: reading.sequence("", ("a", "b")), "has 0 symbols"),
        (lambda: reading.sequence("a c", ("a", "b")), "c is not a symbol"),
        (lambda: reading.sequence("a " * 61, ("a", "b")), "has 61 symbols"),
    ],
)
def test_what_cannot_be_read_is_said(read, said):
    with pytest.raises(ExplorerError, match=said):
        read()
