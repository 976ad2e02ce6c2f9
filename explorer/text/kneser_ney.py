"""A smoothed n-gram model: what counting alone gives on a text that was not counted.

Interpolated Kneser–Ney smoothing with three discounts an order (Chen and Goodman 1999, section 3),
down to all tokens alike.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

_Context = tuple[int, ...]
_Counts = Mapping[_Context, Counter[int]]


@dataclass(frozen=True)
class _Order:
    """The counts of the contexts of one length.

    Attributes:
        counts: How often each token came after each context; in all orders but the highest, after
            how many different tokens before it (continuation counts).
        discounts: What is taken from a count of 1, of 2, and of 3 or more; 0 from one of 0.
        totals: The sum of each context's counts.
        freed: What the discounts take from each context's counts.
    """

    counts: _Counts
    discounts: tuple[float, float, float, float]
    totals: Mapping[_Context, int]
    freed: Mapping[_Context, float]

    @classmethod
    def of(cls, counts: _Counts) -> "_Order":
        discounts = _discounts(counts)
        return cls(
            counts,
            discounts,
            {context: after.total() for context, after in counts.items()},
            {c: sum(discounts[min(n, 3)] for n in a.values()) for c, a in counts.items()},
        )

    def mixed(self, context: _Context, token: int, lower: float) -> float:
        """The probability of the token, given that of the order below."""
        count = self.counts[context][token]
        kept = count - self.discounts[min(count, 3)]
        return (kept + self.freed[context] * lower) / self.totals[context]


@dataclass(frozen=True)
class KneserNey:
    """A smoothed n-gram model of token numbers; `fit` makes one.

    Attributes:
        orders: From no context to one of n − 1 tokens.
        vocabulary: V, how many different tokens there may be.
    """

    orders: tuple[_Order, ...]
    vocabulary: int

    @classmethod
    def fit(cls, tokens: Sequence[int], *, order: int, vocabulary: int) -> "KneserNey":
        """The model of order n of a text.

        Args:
            tokens: The text, at least n tokens.
            order: n ≥ 1: a token is predicted from the n − 1 before it.
            vocabulary: V, how many different tokens there may be.
        """
        highest = _counted(tokens, order - 1)
        counts: list[_Counts] = [highest]
        for length in range(order - 1, 0, -1):
            counts.append(_continuations(_counted(tokens, length)))
        return cls(tuple(map(_Order.of, reversed(counts))), vocabulary)

    def probability(self, before: Sequence[int], token: int) -> float:
        """p(token | before); of ``before`` only the last n − 1 tokens count."""
        p = 1 / self.vocabulary
        for length, order in enumerate(self.orders[: len(before) + 1]):
            context = tuple(before[len(before) - length :])
            if context not in order.counts:
                break  # nor is any longer one
            p = order.mixed(context, token, p)
        return p

    def bits(self, texts: Iterable[Sequence[int]]) -> float:
        """The mean −log₂ p of every token of the texts but their first ones, bits."""
        reach = len(self.orders) - 1
        paid = [
            -math.log2(self.probability(text[max(0, n - reach) : n], text[n]))
            for text in texts
            for n in range(1, len(text))
        ]
        return math.fsum(paid) / len(paid)


def _counted(tokens: Sequence[int], length: int) -> _Counts:
    """How often each token comes after each context of ``length`` tokens."""
    found: dict[_Context, Counter[int]] = defaultdict(Counter)
    for n in range(length, len(tokens)):
        found[tuple(tokens[n - length : n])][tokens[n]] += 1
    return found


def _continuations(longer: _Counts) -> _Counts:
    """Of contexts one token shorter: after how many different tokens each n-gram was seen."""
    found: dict[_Context, Counter[int]] = defaultdict(Counter)
    for context, after in longer.items():
        found[context[1:]].update(after.keys())
    return found


def _discounts(counts: _Counts) -> tuple[float, float, float, float]:
    """From how many n-grams were seen once, twice, three and four times (equation 17).

    A text too short to estimate one from has 1/2, so that something is left for what never came.
    """
    seen = Counter(chain.from_iterable(after.values() for after in counts.values()))
    share = seen[1] / (seen[1] + 2 * seen[2]) if seen[1] else 0.0
    found = [n - (n + 1) * share * seen[n + 1] / seen[n] if seen[n] else 0.0 for n in (1, 2, 3)]
    one, two, more = (discount if seen[1] and discount > 0 else 0.5 for discount in found)
    return 0.0, one, two, more
