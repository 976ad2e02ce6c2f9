"""States that say which prefixes they are of: alone, or beside what a model remembers of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias

from torch import Tensor

from explorer.decoding.scorer import S

Read: TypeAlias = "tuple[Read, int] | None"
"""The tokens that were read, the last one outermost: sharing makes a long prefix one more pair."""


@dataclass(frozen=True)
class Prefixes:
    """N prefixes, as their tokens were read, the one that begins among them; a state by itself."""

    read: tuple[Read, ...]  # (N,)

    @classmethod
    def empty(cls, count: int) -> "Prefixes":
        """So many prefixes of which nothing was read yet."""
        return cls((None,) * count)

    def select(self, rows: Tensor) -> "Prefixes":
        """The prefixes ``rows``, in that order."""
        return Prefixes(tuple(self.read[row] for row in rows.tolist()))

    def joined(self, others: "Sequence[Prefixes]") -> "Prefixes":
        """These prefixes and then the others."""
        return Prefixes(sum((other.read for other in others), self.read))

    def then(self, tokens: Tensor) -> "Prefixes":
        """The prefixes after one token more of each, (N,)."""
        return Prefixes(tuple(zip(self.read, tokens.tolist(), strict=True)))

    def tokens(self, row: int) -> tuple[int, ...]:
        """The tokens of one prefix, without the one that begins."""
        read, tokens = self.read[row], []
        while read is not None:
            read, token = read
            tokens.append(token)
        return tuple(tokens[-2::-1])

    def all(self) -> list[tuple[int, ...]]:
        """The tokens of every prefix."""
        return [self.tokens(row) for row in range(len(self.read))]


@dataclass(frozen=True)
class Prefixed(Generic[S]):
    """The state of N prefixes in a scorer, and which prefixes they are."""

    state: S
    prefixes: Prefixes

    def select(self, rows: Tensor) -> "Prefixed[S]":
        """The state of the prefixes ``rows``, in that order."""
        return Prefixed(self.state.select(rows), self.prefixes.select(rows))

    def joined(self, others: "Sequence[Prefixed[S]]") -> "Prefixed[S]":
        """The state of these prefixes and then of the others'."""
        return Prefixed(
            self.state.joined([other.state for other in others]),
            self.prefixes.joined([other.prefixes for other in others]),
        )
