"""At which decoder call of a search it was known what becomes of a prefix.

Knows nothing of pictures.
"""

import numpy as np
from numpy.typing import NDArray

from explorer.decoding.tree import FATES, REASONS, SearchTree

_NEAR = 1e-3
"""Nats: more than what exact search gives to rounding, and the rounding of a model."""


def decided(tree: SearchTree) -> NDArray[np.int64]:
    """The call after which each prefix's fate was known, (N,), as far as the tree says it.

    - A beam prunes in the call that gave the probability; what ends is finished there, too.
    - A prefix is kept with the call that first gave one of its continuations.
    - Exact search prunes what waits when it finishes a better hypothesis.
    - What is best or open is known with the last call; so is a prefix of exact search that was
      read on without a continuation that could win, since the tree does not say when.
    """
    c = tree.columns
    known = np.full(len(tree), c.call.max(), np.int64)
    at_once = (c.fate == FATES.index("pruned")) | (c.fate == FATES.index("finished"))
    known[at_once] = c.call[at_once]
    kept = np.full(len(tree), c.call.max(), np.int64)
    np.minimum.at(kept, c.parent[1:], c.call[1:])
    read = c.fate == FATES.index("kept")
    known[read] = kept[read]
    bound = np.flatnonzero(c.reason == REASONS.index("bound"))
    known[bound] = np.maximum(c.call[bound], _risen(tree, c.total[bound] + c.below[bound]))
    return known


def _risen(tree: SearchTree, floors: NDArray[np.float64]) -> NDArray[np.int64]:
    """The call in which a hypothesis was finished that brought the bound to each floor."""
    found = tree.finished
    if not len(found):
        return np.zeros(len(floors), np.int64)
    bounds = np.maximum.accumulate(tree.columns.score[found]) * tree.max_length**tree.alpha
    places = np.searchsorted(bounds, floors - _NEAR)
    return tree.columns.call[found[np.minimum(places, len(found) - 1)]].astype(np.int64)
