"""Intervals by resampling passages: how far a number would move with other text of the kind.

Source: the percentile bootstrap, Efron (1979), over groups of passages, since what stands in one
passage is not independent.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.unit_analysis.tables import strength

Array = npt.NDArray[Any]

GROUPS = 32
"""Passages are dealt into as many groups, each passage a group where there are fewer."""
_RESAMPLES = 500
_TOGETHER = 64  # pairs at once
_ENDS = (0.025, 0.975)


def resamples(groups: int, seed: int) -> Array:
    """How often each group is drawn in each resample, (R, groups)."""
    chance = np.random.default_rng((seed, groups))
    drawn: Array = chance.multinomial(groups, np.full(groups, 1 / groups), size=_RESAMPLES)
    return drawn.astype(np.float64)


def strength_intervals(tables: Array, squares: Array, binary: Array, *, seed: int) -> Array:
    """95 % intervals of how closely series follow labels, (P, 2); NaN from a single group.

    Args:
        tables: (groups, P, 2, BINS), as from ``tables``, of P pairs.
        squares: (groups, P), the sum of each pair's label's squares.
        binary: Which pairs' labels are a yes or no, (P,).
        seed: Decides the resamples.
    """
    if len(tables) < 2:
        return np.full((len(binary), 2), np.nan)
    weights = resamples(len(tables), seed)
    found = []
    for start in range(0, len(binary), _TOGETHER):
        some = slice(start, start + _TOGETHER)
        drawn = np.tensordot(weights, tables[:, some], axes=1)  # (R, p, 2, BINS)
        found.append(strength(drawn, weights @ squares[:, some], binary[some]))
    return interval(np.concatenate(found, axis=1))


def mean_intervals(totals: Array, counts: Array, *, seed: int) -> Array:
    """95 % intervals of means, (P, 2); NaN from a single group.

    Args:
        totals: (groups, P), sums over each group.
        counts: (groups, P), of how many.
        seed: Decides the resamples.
    """
    if len(totals) < 2:
        return np.full((totals.shape[-1], 2), np.nan)
    weights = resamples(len(totals), seed)
    with np.errstate(invalid="ignore", divide="ignore"):
        return interval((weights @ totals) / (weights @ counts))


def interval(drawn: Array) -> Array:
    """The 95 % interval of what was drawn, (R, P), as (P, 2); NaN where nothing was."""
    empty = np.isnan(drawn).all(axis=0)
    ends = np.nanquantile(np.where(empty, 0, drawn), _ENDS, axis=0)
    found: Array = np.where(empty, np.nan, ends).T
    return found
