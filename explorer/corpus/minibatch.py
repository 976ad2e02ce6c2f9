"""A minibatch as the book builds it (section 9.5): cut or padded to one number of steps.

Rows are tokens; their numbers are in `Vocabulary.encode` of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.text.vocabulary import BOS, EOS, PAD, UNKNOWN, Vocabulary

RESERVED = (PAD, BOS, EOS)


@dataclass(frozen=True)
class Row:
    """One sentence of a minibatch, T places.

    Attributes:
        tokens: As a model is fed them: ``<unk>`` for rare words, ``<eos>``, then ``<pad>``.
        valid: The valid length: places that hold no padding.
        words: What was written at each valid place; a rare word itself where a model has ``<unk>``.
        lost: Tokens that were cut off, ``<eos>`` among them.
    """

    tokens: tuple[str, ...]
    valid: int
    words: tuple[str, ...]
    lost: int


def row(tokens: Sequence[str], vocabulary: Vocabulary, *, num_steps: int) -> Row:
    """A sentence as a row: ``<eos>`` behind it, then cut or padded to ``num_steps``.

    A sentence that is cut loses its ``<eos>``, as in the book's ``truncate_pad``.
    """
    whole = (*tokens, EOS)
    words = whole[:num_steps]
    known = tuple(token if token in vocabulary else UNKNOWN for token in words[: len(tokens)])
    fed = known + words[len(tokens) :]
    padded = fed + (PAD,) * (num_steps - len(fed))
    return Row(padded, len(fed), words, len(whole) - len(words))


def minibatch(
    sentences: Sequence[Sequence[str]],
    vocabulary: Vocabulary,
    *,
    numbers: Sequence[int],
    num_steps: int,
) -> tuple[Row, ...]:
    """The rows of the sentences with these numbers.

    Args:
        sentences: The tokens of every sentence.
        vocabulary: The words that a model knows; the rest become ``<unk>``.
        numbers: Which sentences, B of them.
        num_steps: Places of a row.
    """
    return tuple(row(sentences[n], vocabulary, num_steps=num_steps) for n in numbers)


def drawn(count: int, *, size: int, seed: int) -> tuple[int, ...]:
    """The numbers of ``size`` sentences of ``count`` (all, if there are fewer), drawn at random."""
    order = np.random.default_rng(seed).permutation(count)
    return tuple(order[:size].tolist())
