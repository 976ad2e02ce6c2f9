"""How hypotheses are ranked, and how good a prefix can still become.

A finished sequence of L tokens, its end included, is ranked by log p / Lᵅ (*Dive into Deep
Learning*, equation 9.8.4). Log-probabilities are at most zero, so

- a total only falls as a sequence grows;
- dividing it by more brings it nearer to zero, and Lᵅ grows with L for α ≥ 0.

A prefix with total s is therefore worth at most s / Lmaxᵅ, however it ends: its total then is at
most s, and its length at most Lmax. With α = 0 this is s itself. In floating point it holds too,
since rounding keeps order.
"""

import math
import reprlib
from collections.abc import Sequence
from numbers import Integral, Real

from explorer.errors import ExplorerError

SLACK = 1e-4
"""Nats. A prefix is dropped only if it stays this far below the best: a batched model's total for a
prefix depends a little, by less than this, on what else is in the batch."""

LONGEST = 1000
WIDEST = 1000
STEEPEST = 10
"""The most tokens of a sequence, the widest beam and the greatest α that a search is asked for.
With a far greater α, Lᵅ overflows."""


def penalties(longest: int, alpha: float) -> list[float]:
    """Lᵅ for each length L from 0 to ``longest``; 1 for L = 0, an empty prefix."""
    return [1.0, *(float(length**alpha) for length in range(1, longest + 1))]


def gap(best: float, bounds: Sequence[float], *, slack: float = SLACK) -> float:
    """How much better than ``best`` something with one of these bounds may be; 0 is a proof.

    Args:
        best: The score of the best finished hypothesis; −inf if there is none.
        bounds: How good each thing that was not followed can become.
        slack: In units of the score.

    Returns:
        A score; infinite if nothing was finished. A bound too near to the best to be told from it
        leaves a gap of ``slack``.
    """
    if best == -math.inf:
        return math.inf
    highest = max(bounds, default=-math.inf)
    return 0.0 if highest < best - slack else max(highest - best, slack)


def check(*, width: int, alpha: float, max_length: int) -> None:
    """Refuse what no search can be asked for.

    Raises:
        ExplorerError: The width is no whole number within 1 … `WIDEST`, the length none within 1 …
            `LONGEST`, or alpha no number within 0 … `STEEPEST`.
    """
    if not isinstance(width, Integral) or not 1 <= width <= WIDEST:
        raise ExplorerError(
            "The beam width must be between 1 and {most}, not {width}.",
            most=WIDEST,
            width=_said(width),
        )
    if not isinstance(max_length, Integral) or not 1 <= max_length <= LONGEST:
        raise ExplorerError(
            "The maximum length must be between 1 and {most} tokens, not {length}.",
            most=LONGEST,
            length=_said(max_length),
        )
    if not isinstance(alpha, Real) or not 0 <= alpha <= STEEPEST:
        raise ExplorerError(
            "Alpha must be between 0 and {most}, not {alpha}.", most=STEEPEST, alpha=_said(alpha)
        )


def _said(given: object) -> object:
    return given if isinstance(given, Real) else reprlib.repr(given)
