"""Ways from comparisons to a verdict, and intervals, so that all experiments judge alike."""

from collections.abc import Sequence
from math import comb, sqrt
from statistics import NormalDist
from typing import NamedTuple

from explorer.experiments.experiment import Spread, Verdict
from explorer.text.numbers import decimal

CONFIDENCE = 0.95


class Interval(NamedTuple):
    """A mean and within which it lies at 95 % confidence."""

    mean: float
    low: float
    high: float

    def ends(self, name: str) -> dict[str, float]:
        """Mean and ends by the places that a sentence has for them: name, name_low, name_high."""
        return {name: self.mean, f"{name}_low": self.low, f"{name}_high": self.high}

    def said(self, name: str, digits: int, *, times: float = 1) -> dict[str, str]:
        """`ends`, with so many digits behind the point; 100 times them are percentage points."""
        return {place: decimal(times * end, digits) for place, end in self.ends(name).items()}


def by_share(comparisons: Sequence[bool]) -> Verdict:
    """A claim holds if it came out in every comparison, in part if in some of them."""
    if all(comparisons):
        return "holds"
    return "holds in part" if any(comparisons) else "does not hold here"


def interval(spread: Spread) -> Interval:
    """A mean and within which it lies at 95 % confidence, by Student's t."""
    half = student(spread.count - 1) * spread.sd / sqrt(spread.count)
    return Interval(spread.mean, spread.mean - half, spread.mean + half)


def above(one: Sequence[float], other: Sequence[float]) -> Interval:
    """By how much the first of every pair is above the second, with its 95 % interval."""
    return interval(Spread.of([a - b for a, b in zip(one, other, strict=True)]))


def difference(one: Spread, other: Spread) -> Interval:
    """By how much one mean is above another's, of values that are no pairs (Welch's interval)."""
    parts = [of.sd**2 / of.count for of in (one, other)]
    if not (error := sqrt(sum(parts))):
        return Interval(one.mean - other.mean, *[one.mean - other.mean] * 2)
    shares = zip(parts, (one, other), strict=True)
    freedom = sum(parts) ** 2 / sum(part**2 / (of.count - 1) for part, of in shares)
    mean, half = one.mean - other.mean, student(freedom) * error
    return Interval(mean, mean - half, mean + half)


def share(right: float, count: int) -> Interval:
    """What share of ``count`` came out right, with its 95 % interval by Wilson (1927)."""
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    mean, weight = right / count, z * z / count
    middle = (mean + weight / 2) / (1 + weight)
    half = sqrt(weight * (mean * (1 - mean) + weight / 4)) / (1 + weight)
    return Interval(mean, max(0.0, middle - half), min(1.0, middle + half))


def sign_test(times: int, count: int) -> float:
    """How likely a fair coin falls on one side so many times of ``count`` or more."""
    return float(sum(comb(count, k) for k in range(times, count + 1)) / 2**count)


def student(freedom: float) -> float:
    """The quantile of Student's t that leaves 2.5 % above it.

    Cornish and Fisher's expansion from the normal quantile (Abramowitz and Stegun, 26.7.5), wrong
    by less than 1 % from three degrees of freedom on. Fewer than three count as two, which makes an
    interval wider, never narrower; there the quantile has a closed form.

    Args:
        freedom: Degrees of freedom, at least 2.
    """
    if freedom < 3:
        return CONFIDENCE * sqrt(2 / (1 - CONFIDENCE**2))
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / freedom**power for power, term in enumerate(terms, start=1))
