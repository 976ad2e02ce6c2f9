"""How much of a corpus's minibatches is padding, by the way in which they are put together.

The training cuts batches by places (`explorer.training.buckets`); here every batch has the same
number of sentences, so that nothing but the order differs. Knows only lengths.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Padding:
    """The share of places that hold ``<pad>``, both sides together, 0 to 1.

    Attributes:
        random: In batches of sentences drawn at random, padded to the longest of the batch.
        bucketed: The same with sentences of about one length together.
    """

    random: float
    bucketed: float


def fixed_share(lengths: np.ndarray, num_steps: int) -> float:
    """The share of padding where every sentence is cut or padded, as the book does it.

    Args:
        lengths: Tokens of every pair without ``<eos>``, which is added, (N, 2).
        num_steps: Tokens of every row.
    """
    return 1 - float(np.minimum(lengths + 1, num_steps).mean()) / num_steps


def padding(lengths: np.ndarray, *, size: int, seed: int) -> Padding:
    """The padding of one epoch's batches.

    Args:
        lengths: Tokens of every pair without ``<eos>``, which is added, (N, 2).
        size: Sentences in a batch; the last may have fewer.
        seed: Of the order.
    """
    whole = lengths + 1  # (N, 2)
    order = np.random.default_rng(seed).permutation(len(whole))
    return Padding(
        random=padding_share(whole[order], size),
        bucketed=padding_share(whole[bucketed(whole, order)], size),
    )


def bucketed(lengths: np.ndarray, order: np.ndarray) -> np.ndarray:
    """The order in which neighbours are of about one length: by target, then by source.

    Args:
        lengths: Of every pair, (N, 2).
        order: A random order, (N,), in which pairs of equal lengths stay.
    """
    source, target = lengths[order].T
    return order[np.lexsort((source, target))]


def padding_share(lengths: np.ndarray, size: int) -> float:
    """The share of padding where ``size`` neighbours make a batch as wide as its longest.

    Args:
        lengths: Of every pair, in the order of the batches, (N, 2).
        size: Pairs in a batch.
    """
    starts = np.arange(0, len(lengths), size)
    widest = np.maximum.reduceat(lengths, starts)  # (batches, 2)
    rows = np.diff(np.append(starts, len(lengths)))  # (batches,)
    return 1 - float(lengths.sum()) / float((widest.sum(1) * rows).sum())
