"""Entropy baselines of a text: the loss of guessing by counts, which a model is to get below."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Levels:
    """What guessing costs on a text, nats per character.

    Attributes:
        uniform: Every character of the vocabulary alike.
        frequency: By how often each character occurs.
        pair: By how often each occurs after the one before it.
    """

    uniform: float
    frequency: float
    pair: float


def levels(characters: Sequence[int], vocabulary: int) -> Levels:
    """The three levels, from the counts of the same text.

    Args:
        characters: The text as numbers, at least two.
        vocabulary: How many different characters there may be.
    """
    # H(b | a) = H(a, b) − H(a), where a runs over what has something after it.
    pair = _entropy(list(pairwise(characters))) - _entropy(list(characters[:-1]))
    return Levels(math.log(vocabulary), _entropy(list(characters)), pair)


def _entropy(symbols: Sequence[object]) -> float:
    """−Σ p ln p by how often each symbol occurs, nats."""
    shares = [count / len(symbols) for count in Counter(symbols).values()]
    return -sum(share * math.log(share) for share in shares)
