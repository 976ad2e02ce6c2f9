"""A hypothesis: a sequence that a search found, with its log-probability and its score."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Hypothesis:
    """A sequence that a search found.

    Args:
        tokens: Its tokens, without the one that ends it.
        log_prob: The sum of the log-probabilities of all its tokens, the ending one included.
        score: log_prob / Lᵅ, L counting the ending token: what hypotheses are ranked by.
        finished: Whether it ended by itself. If not, it is a prefix: cut at the greatest length, at
            a dead end, where no continuation is allowed, or as far as a budget reached.
    """

    tokens: tuple[int, ...]
    log_prob: float
    score: float
    finished: bool
