"""Intervals beside SciPy's quantiles and textbook cases, and what verdicts are made of."""

import math

import numpy as np
import pytest

from explorer.experiments.bootstrap import resampled
from explorer.experiments.experiment import Spread
from explorer.experiments.verdicts import (
    above,
    by_share,
    difference,
    interval,
    share,
    sign_test,
    student,
)

#: Of Student's t, 97.5 %: any book of tables.
QUANTILES = {2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 9: 2.262, 29: 2.045}


@pytest.mark.parametrize(("freedom", "quantile"), QUANTILES.items())
def test_the_quantiles_are_those_of_the_tables(freedom, quantile):
    assert student(freedom) == pytest.approx(quantile, rel=2e-3)


def test_an_interval_is_as_wide_as_the_table_says():
    half = 2.776 * 0.5 / math.sqrt(5)
    assert interval(Spread(1.0, 0.5, 5)) == pytest.approx((1, 1 - half, 1 + half), rel=1e-3)


def test_pairs_are_compared_by_their_differences():
    found = above([2.0, 3.0, 4.0, 5.0], [1.0, 2.0, 3.0, 4.0])
    assert found == (1.0, 1.0, 1.0)
    assert above([1.0, -1.0, 1.0, -1.0], [0.0] * 4).low < 0


def test_a_difference_of_equal_spreads_has_both_their_degrees_of_freedom():
    found = difference(Spread(2.0, 0.5, 5), Spread(1.0, 0.5, 5))
    assert found.high - found.mean == pytest.approx(student(8) * 0.5 * math.sqrt(2 / 5))
    assert difference(Spread(2.0, 0.0, 5), Spread(1.0, 0.0, 5)) == (1.0, 1.0, 1.0)


def test_between_two_and_three_degrees_of_freedom_an_interval_is_rather_too_wide():
    assert student(2.4) == student(2) > student(3)


def test_the_interval_of_a_share_is_wilsons():
    assert share(20, 50) == pytest.approx((0.4, 0.2761, 0.5382), abs=1e-4)
    assert share(0, 100) == pytest.approx((0, 0, 3.8415 / 103.8415), abs=1e-4)
    assert share(100, 100).high == 1


def test_a_resampled_mean_has_the_interval_of_its_standard_error():
    values = np.random.default_rng(1).normal(3, 2, size=400)
    found, expected = resampled(values, np.mean), interval(Spread.of(values.tolist()))
    assert found == pytest.approx(expected, abs=0.04)
    assert found == resampled(values, np.mean)


def test_the_sign_test_counts_the_tail_of_a_fair_coin():
    assert sign_test(5, 5) == 1 / 32
    assert sign_test(0, 0) == 1.0
    assert sign_test(8, 10) == pytest.approx((45 + 10 + 1) / 1024)


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        ([True, True], "holds"),
        ([True, False], "holds in part"),
        ([False, False], "does not hold here"),
    ],
)
def test_a_verdict_is_of_all_comparisons(found, verdict):
    assert by_share(found) == verdict
