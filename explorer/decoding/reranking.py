"""Reranking: what searches finished, ranked under another α without searching again."""

from collections.abc import Sequence
from dataclasses import replace

from explorer.decoding.hypothesis import Hypothesis
from explorer.decoding.tree import SearchTree


def length(found: Hypothesis) -> int:
    """L: its tokens, the ending one included if there is one; at least 1."""
    return max(1, len(found.tokens) + found.finished)


def rescored(found: Hypothesis, alpha: float) -> Hypothesis:
    """The hypothesis with log p / Lᵅ as its score."""
    return replace(found, score=found.log_prob / float(length(found) ** alpha))


def reranked(
    trees: Sequence[SearchTree], alpha: float, *, most: int | None = None
) -> tuple[Hypothesis, ...]:
    """All that the searches finished, each sequence once, the best under ``alpha`` first.

    Only what was finished is ranked: what a search dropped under its own rules cannot come back,
    though under this α it might have won.

    Args:
        trees: Of searches for the same thing.
        alpha: The exponent of the length.
        most: How many of each search are looked at, the best of it; all, if not given.

    Returns:
        At least one, where any search finished any.
    """
    found = {
        one.tokens: rescored(one, alpha)
        for tree in trees
        for one in map(tree.hypothesis, tree.ranked(alpha)[:most])
    }
    return tuple(sorted(found.values(), key=lambda one: -one.score))
