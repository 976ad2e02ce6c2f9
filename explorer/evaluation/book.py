"""BLEU of one sentence by the book's formula. Knows nothing of how sentences become tokens."""

import math
from collections import Counter
from collections.abc import Sequence


def precision(output: Sequence[str], reference: Sequence[str], n: int) -> float:
    """pₙ: the share of the output's n-grams that the reference has, each at most as often.

    Raises:
        ValueError: The output has no n-gram of that length.
    """
    found, known = _ngrams(output, n), _ngrams(reference, n)
    if not found:
        raise ValueError(f"an output of {len(output)} tokens has no {n}-gram")
    return (found & known).total() / found.total()


def bleu(output: Sequence[str], reference: Sequence[str], *, k: int) -> float:
    """exp(min(0, 1 − len_label / len_pred)) · ∏ₙ₌₁ᵏ pₙ^(1/2ⁿ), from 0 to 1.

    Long n-grams weigh more, since pₙ^(1/2ⁿ) grows with n. An output shorter than k is judged by
    the n-grams that it has; an empty one is worth 0.

    Args:
        output: The translation's tokens, len_pred of them.
        reference: The reference's, len_label of them.
        k: The longest n-gram that is compared, at least 1.

    Source: *Dive into Deep Learning*, section 9.7, equation 9.7.4.
    """
    if not output:
        return 0.0
    brevity = math.exp(min(0.0, 1 - len(reference) / len(output)))
    longest = min(k, len(output))
    powers = (math.pow(precision(output, reference, n), 0.5**n) for n in range(1, longest + 1))
    return brevity * math.prod(powers)


def _ngrams(tokens: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))
