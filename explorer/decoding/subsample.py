"""Which prefixes of a large search tree are drawn, where not all of them can be."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from explorer.decoding.tree import FATES, SearchTree

Numbers = NDArray[np.int64]

_PRUNED = FATES.index("pruned")


def subsample(tree: SearchTree, most: int = 600) -> Numbers:
    """The prefixes that say most about a search, with everything that they continue.

    First the best and the finished hypotheses, those of high score before others. Then of every
    step the prefixes of the highest totals: the first of those that were kept and the first of
    those that were pruned, then the second of both, and so on, so that no step is left out.

    Args:
        tree: N nodes.
        most: How many there may be; the best with all before it is there in any case.

    Returns:
        Their numbers (M,), rising. The parent of each but the empty prefix, number 0, is there.
    """
    parent = tree.nodes["parent"]
    order = _with_parents(_order(tree), tree)
    chosen = order < most
    number = tree.best
    while number >= 0:
        chosen[number] = True
        number = int(parent[number])
    return np.flatnonzero(chosen)


def _order(tree: SearchTree) -> Numbers:
    """The place of each node, (N,), if only few can be shown: 0 for the first."""
    total, pruned = tree.nodes["total"], tree.nodes["fate"] == _PRUNED
    place = _place_within(2 * tree.nodes["step"] + pruned, -total).astype(np.float64)
    found = np.array(tree.ranked(tree.alpha), np.int64)
    place[found] = np.arange(len(found)) - len(tree)
    place[tree.best] = -2 * len(tree)
    return _ranks(np.lexsort((-total, pruned, place)))


def _place_within(group: NDArray[np.integer], worth: NDArray[np.float64]) -> Numbers:
    """The place of each node, (N,), among those of its group, from 0, by ``worth`` rising."""
    order = np.lexsort((worth, group))
    counts = np.bincount(group)
    begins = np.cumsum(counts) - counts
    places: Numbers = _ranks(order) - begins[group]
    return places


def _ranks(order: Numbers) -> Numbers:
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(len(order))
    return ranks


def _with_parents(order: Numbers, tree: SearchTree) -> Numbers:
    """The same order, in which nothing comes before its parent: that comes right before it."""
    parent, step = tree.nodes["parent"], tree.nodes["step"]
    first = order.copy()
    by_step = np.argsort(step, kind="stable")
    ends = np.cumsum(np.bincount(step))
    for begin, end in reversed(list(pairwise(ends.tolist()))):
        of_step = by_step[begin:end]
        np.minimum.at(first, parent[of_step], first[of_step])
    return _ranks(np.lexsort((step, first)))
