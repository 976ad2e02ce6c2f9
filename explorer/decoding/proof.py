"""How far a proof reaches that a search did not finish. Knows nothing of models and words."""

import numpy as np

from explorer.decoding.ranking import SLACK, penalties
from explorer.decoding.tree import FATES, SearchTree


def proved_length(tree: SearchTree) -> int:
    """The greatest length L such that no sequence of at most L tokens has a higher score.

    Exact search that stops at its budget has scored every sequence but those that begin with an
    open prefix, or with one that it dropped because no length would make it win. Where the best
    open prefix has the total T, what it can still become is worth at most T / Lᵅ with L tokens. As
    long as that is below the best's score, nothing of so many tokens is better.

    Args:
        tree: Of exact or exhaustive search.

    Returns:
        Tokens, the ending one included: the tree's greatest length if its best is proved; 0 if
        no length is, which it never is with α = 0 before the search is done.
    """
    if tree.proved_optimal:
        return tree.max_length
    c = tree.columns
    best = tree.n_best[0]
    if not best.finished:
        return 0
    open_totals = c.total[c.fate == FATES.index("open")]
    worth = np.array(penalties(tree.max_length, tree.alpha))[1:]
    lost = open_totals.max(initial=-np.inf) < best.score * worth - SLACK  # (L,), true, then false
    return int(lost.sum())
