"""How long the sentences of both sides are, in tokens."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.corpus.parallel import Parallel


@dataclass(frozen=True)
class Lengths:
    """So many pairs have so many tokens on either side, K kinds; ``<eos>`` is not counted.

    Attributes:
        source: Tokens of the sentence.
        target: Tokens of its translation.
        pairs: How many pairs are so long.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    pairs: tuple[int, ...]

    def every(self) -> np.ndarray:
        """The lengths of every pair, source and target, (N, 2)."""
        kinds = np.array([self.source, self.target], dtype=np.int64).T  # (K, 2)
        return kinds.repeat(self.pairs, axis=0)


def lengths(corpus: Parallel) -> Lengths:
    """The lengths of a corpus's pairs, in tokens."""
    return counted(
        [
            (len(source), len(target))
            for source, target in zip(corpus.source.tokens, corpus.target.tokens, strict=True)
        ]
    )


def counted(pairs: Sequence[tuple[int, int]]) -> Lengths:
    """The same from the two lengths of every pair."""
    counts = sorted(Counter(pairs).items())
    return Lengths(
        tuple(kind[0] for kind, _ in counts),
        tuple(kind[1] for kind, _ in counts),
        tuple(count for _, count in counts),
    )


def shares(of: np.ndarray) -> np.ndarray:
    """The share of sentences of each length from 0 to the longest.

    Args:
        of: The length of every sentence, (N,).
    """
    return np.bincount(of) / max(1, len(of))


def cut_share(of: np.ndarray, num_steps: int) -> float:
    """The share of sentences that lose something when they are cut at ``num_steps``.

    Args:
        of: The length of every sentence, (N,); ``<eos>`` comes on top.
        num_steps: Tokens that a row of a minibatch has.
    """
    return float((of + 1 > num_steps).mean())
