"""What a search asks of whatever gives it probabilities. Knows nothing of any model or search."""

from collections.abc import Sequence
from typing import Protocol, Self, TypeVar

from torch import Tensor


class State(Protocol):
    """What a scorer remembers of N prefixes. No method changes it."""

    def select(self, rows: Tensor) -> Self:
        """The state of the prefixes ``rows``, (M,) int64, in that order; a row may come twice."""
        ...


Source_contra = TypeVar("Source_contra", contravariant=True)
S = TypeVar("S", bound=State)


class Scorer(Protocol[Source_contra, S]):
    """Gives every next token its probability, for many prefixes at once."""

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
