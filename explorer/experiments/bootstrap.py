"""Intervals by resampling what a figure was measured on: the percentile bootstrap (Efron 1979)."""

from collections.abc import Callable

import numpy as np

from explorer.experiments.verdicts import CONFIDENCE, Interval

RESAMPLES = 1000
_OUTSIDE = 50 * (1 - CONFIDENCE)  # percent, on each side


def resampled(values: np.ndarray, of: Callable[[np.ndarray], float]) -> Interval:
    """A figure with its 95 % interval; the same whenever it is asked for.

    Args:
        values: A row for each of the N sentences, or whatever was drawn, (N, …).
        of: Gives the figure of as many rows, of which some stand there several times.
    """
    random = np.random.default_rng(0)
    drawn = [of(values[random.integers(len(values), size=len(values))]) for _ in range(RESAMPLES)]
    low, high = np.percentile(drawn, (_OUTSIDE, 100 - _OUTSIDE)).tolist()
    return Interval(of(values), low, high)
