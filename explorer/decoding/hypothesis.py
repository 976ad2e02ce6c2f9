"""What a search finds. Knows nothing of how it searched."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Hypothesis:
    """A sequence that a search found.

    Args:
        tokens: Its tokens, without the one that ends it.
        log_prob: The sum of the log-probabilities of all its tokens, the ending one included.
        score: log_prob / Lᵅ, L counting the ending token: what hypotheses are ranked by.
        finished: Whether it ended by itself; if not, it was cut at the greatest length.
    """

    tokens: tuple[int, ...]
    log_prob: float
    score: float
    finished: bool
