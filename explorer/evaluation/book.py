"""BLEU of one sentence by the book's formula, with what it multiplies."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from explorer.evaluation.ngrams import counted


@dataclass(frozen=True)
class BookBleu:
    """What the book's formula multiplies.

    Args:
        brevity: exp(min(0, 1 − len_label / len_pred)); 0 for an empty output.
        precisions: pₙ for n from 1; an output shorter than k has fewer than k of them.
    """

    brevity: float
    precisions: tuple[float, ...]

    @property
    def exponents(self) -> tuple[float, ...]:
        """1/2ⁿ for each pₙ."""
        return tuple(0.5**n for n in range(1, len(self.precisions) + 1))

    @property
    def factors(self) -> tuple[float, ...]:
        """pₙ^(1/2ⁿ) for each n."""
        return tuple(map(math.pow, self.precisions, self.exponents))

    @property
    def bleu(self) -> float:
        """The product of all, from 0 to 1."""
        return self.brevity * math.prod(self.factors)


def precision(output: Sequence[str], reference: Sequence[str], n: int) -> float:
    """pₙ: the share of the output's n-grams that the reference has, each at most as often.

    Raises:
        ValueError: The output has no n-gram of that length.
    """
    found, known = counted(output, n), counted(reference, n)
    if not found:
        raise ValueError(f"an output of {len(output)} tokens has no {n}-gram")
    return (found & known).total() / found.total()


def book_bleu(output: Sequence[str], reference: Sequence[str], *, k: int) -> BookBleu:
    """exp(min(0, 1 − len_label / len_pred)) · ∏ₙ₌₁ᵏ pₙ^(1/2ⁿ), from 0 to 1, with its factors.

    Long n-grams weigh more, since pₙ^(1/2ⁿ) grows with n. An output shorter than k is judged by
    the n-grams that it has; an empty one is worth 0.

    Args:
        output: The translation's tokens, len_pred of them.
        reference: The reference's, len_label of them.
        k: The longest n-gram that is compared, at least 1.

    Source: *Dive into Deep Learning*, section 9.7, equation 9.7.4.
    """
    if not output:
        return BookBleu(0.0, ())
    brevity = math.exp(min(0.0, 1 - len(reference) / len(output)))
    longest = min(k, len(output))
    return BookBleu(brevity, tuple(precision(output, reference, n) for n in range(1, longest + 1)))
