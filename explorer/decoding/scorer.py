"""The protocol between a search and a model: states of prefixes in, log-probabilities out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, Self, TypeVar, runtime_checkable

from torch import Tensor


class State(Protocol):
    """What a scorer remembers of N prefixes. No method changes it."""

    def select(self, rows: Tensor) -> Self:
        """The state of the prefixes ``rows``, (M,) int64, in that order; a row may come twice."""
        ...

    def joined(self, others: Sequence[Self]) -> Self:
        """The state of these prefixes and then of all others', which may be longer or shorter.

        All of them come from one call of `Scorer.start`.
        """
        ...


Source = TypeVar("Source")
Source_contra = TypeVar("Source_contra", contravariant=True)
S = TypeVar("S", bound=State)


class Scorer(Protocol[Source_contra, S]):
    """Gives every next token its probability, for many prefixes at once.

    A scorer may also have a method ``word(token)`` that says what a token is called, and say
    ``trusted = True``: then no search scores anything again to see whether its states are right.
    Those of this project are trusted, since tests hold them to the models themselves.
    """

    @property
    def begin(self) -> int:
        """The token that is read before the first one is predicted."""
        ...

    @property
    def end(self) -> int:
        """The token that ends a sequence."""
        ...

    def start(self, sources: Sequence[Source_contra]) -> S:
        """The state of one empty prefix for each of ``sources``."""
        ...

    def step(self, state: S, tokens: Tensor) -> tuple[Tensor, S]:
        """Read one token more of every prefix.

        Args:
            state: Of N prefixes.
            tokens: The last token of each, (N,) int64; `begin` for an empty one.

        Returns:
            The natural log-probabilities of the next token, (N, V), −inf for one that may not
            come, and the state after reading ``tokens``.
        """
        ...


@dataclass(frozen=True)
class Wrapped(Generic[Source, S]):
    """The part of a scorer around another that is the other's own."""

    scorer: Scorer[Source, S]

    @property
    def begin(self) -> int:
        """The scorer's own."""
        return self.scorer.begin

    @property
    def end(self) -> int:
        """The scorer's own."""
        return self.scorer.end

    @property
    def trusted(self) -> bool:
        """As far as the scorer is."""
        return bool(getattr(self.scorer, "trusted", False))


@dataclass(frozen=True)
class Started(Wrapped[Source, S]):
    """A scorer that has read its sources: several searches for them begin at the same state.

    Args:
        scorer: Gives the probabilities.
        state: What its `start` gave.
    """

    state: S

    def start(self, sources: Sequence[Source]) -> S:
        """The state, whatever is asked for."""
        return self.state

    def step(self, state: S, tokens: Tensor) -> tuple[Tensor, S]:
        """The scorer's own."""
        return self.scorer.step(state, tokens)


@runtime_checkable
class Worded(Protocol):
    """A scorer that says what its tokens are called."""

    def word(self, token: int) -> str:
        """What the token is called."""
        ...


def word_of(scorer: object) -> Callable[[int], str]:
    """What a scorer calls its tokens; their numbers if it does not say."""
    return scorer.word if isinstance(scorer, Worded) else str


def words_of(scorer: object, tokens: Iterable[int]) -> dict[int, str]:
    """The words of ``tokens``, as far as the scorer has any."""
    return {t: scorer.word(t) for t in tokens} if isinstance(scorer, Worded) else {}
