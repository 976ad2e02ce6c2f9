"""Where the n-grams of a translation and of its references match."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Ngram = tuple[str, ...]


@dataclass(frozen=True)
class Matches:
    """The n-grams of one length that an output shares with its references.

    An n-gram matches at most as often as it is in one of the references (clipping; Papineni et
    al. 2002, section 2.1): the first so many places are taken.

    Args:
        n: Tokens of an n-gram.
        total: n-grams of the output.
        output: Where the matched ones begin in the output, in order.
        references: Where their partners begin in each reference.
    """

    n: int
    total: int
    output: tuple[int, ...]
    references: tuple[tuple[int, ...], ...]

    @property
    def covered(self) -> frozenset[int]:
        """The places of the output's tokens that some matched n-gram has."""
        return self._covered(self.output)

    def covered_in(self, reference: int) -> frozenset[int]:
        """The places of one reference's tokens that some matched n-gram has."""
        return self._covered(self.references[reference])

    def _covered(self, starts: Sequence[int]) -> frozenset[int]:
        return frozenset(start + i for start in starts for i in range(self.n))


def matches(output: Sequence[str], references: Sequence[Sequence[str]], *, n: int) -> Matches:
    """The n-grams that an output shares with at least one of its references.

    Args:
        output: The translation's tokens.
        references: Those of each reference.
        n: Tokens of an n-gram, at least 1.
    """
    found, known = counted(output, n), [counted(reference, n) for reference in references]
    most: Counter[Ngram] = Counter()
    for counts in known:
        most |= counts
    return Matches(
        n=n,
        total=found.total(),
        output=_first(output, n, most),
        references=tuple(_first(reference, n, found) for reference in references),
    )


def counted(tokens: Sequence[str], n: int) -> Counter[Ngram]:
    """How often each n-gram of the tokens is there."""
    return Counter(_ngrams(tokens, n))


def _first(tokens: Sequence[str], n: int, most: Mapping[Ngram, int]) -> tuple[int, ...]:
    """Where n-grams begin, each as often as ``most`` has it."""
    left = Counter(most)
    places = []
    for place, ngram in enumerate(_ngrams(tokens, n)):
        if left[ngram] > 0:
            left[ngram] -= 1
            places.append(place)
    return tuple(places)


def _ngrams(tokens: Sequence[str], n: int) -> list[Ngram]:
    return [tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]
