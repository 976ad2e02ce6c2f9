"""How far a proof reaches that a search did not finish. Knows nothing of models and words."""

from explorer.decoding.ranking import SLACK, penalties
from explorer.decoding.tree import SearchTree


def proved_length(tree: SearchTree) -> int:
    """The greatest length L such that no sequence of at most L tokens has a higher score.

    Exact search that stops at its budget has scored every sequence but those that begin with a
    prefix that is left, or with one that it dropped because no length would make it win. The gap
    says what is left: a total of at most T, where T / Lmaxᵅ is the best's score and the gap. With L
    tokens that is worth at most T / Lᵅ. As long as this is below the best's score, nothing of so
    many tokens is better.

    Args:
        tree: Of exact search; a beam's gap is not of prefixes alone.

    Returns:
        Tokens, the ending one included: the tree's greatest length if its best is proved; 0 if
        no length is, which it never is with α = 0 before the search is done.
    """
    best = tree.n_best[0]
    if tree.proved_optimal or not best.finished:
        return tree.max_length if tree.proved_optimal else 0
    worth = penalties(tree.max_length, tree.alpha)
    left = (best.score + tree.gap) * worth[-1]
    lost = [left < best.score * one - SLACK for one in worth[1:]]  # true, then false
    return sum(lost)
