"""A plain function as a scorer: prefixes in, log-probabilities out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import ArrayLike
from torch import Tensor

from explorer.decoding.prefixes import Prefixes
from explorer.errors import ExplorerError

BEGIN = -1
"""No token is read before the first one."""

Function = Callable[[list[tuple[int, ...]]], ArrayLike | Tensor]


@dataclass(frozen=True)
class FunctionScorer:
    """Scores by a function that is given whole prefixes and keeps nothing between its calls.

    ``decode(FunctionScorer(function, end=0), None)`` searches it. What is decoded is the function's
    own business: `functools.partial` binds a source to it. A search of T steps reads T² / 2 tokens
    of each prefix. Nothing is normalised: where the probabilities after a prefix sum to less than
    one, the rest is lost, and a proof is of the numbers as they are.

    Args:
        function: Given N prefixes as tuples of token numbers, without a beginning token and none of
            them ended, returns the natural log-probabilities of the V tokens that may come next,
            (N, V): an array, a tensor or lists; −inf for one that may not. A row must depend on
            its prefix alone: exact search relies on it, and `decode` tries it.
        end: The token that ends a sequence.
        words: What the V tokens are called, by number; their numbers if it is empty.
    """

    function: Function
    end: int
    words: Sequence[str] = ()

    @property
    def begin(self) -> int:
        """The number of no token."""
        return BEGIN

    def word(self, token: int) -> str:
        """What the token is called; nothing before the first one."""
        if token == BEGIN:
            return ""
        return self.words[token] if token < len(self.words) else str(token)

    def start(self, sources: Sequence[object]) -> Prefixes:
        """The state of an empty prefix; every source is the same to the function."""
        return Prefixes.empty(len(sources))

    def step(self, state: Prefixes, tokens: Tensor) -> tuple[Tensor, Prefixes]:
        """The log-probabilities (N, V) after reading ``tokens``, (N,), and the state then.

        Raises:
            ExplorerError: The function returns no numbers, or not a row of them a prefix.
        """
        read = state.then(tokens)
        log_probs = _tensor(self.function(read.all()))
        rows = len(read.read)
        if log_probs.ndim != 2 or len(log_probs) != rows or log_probs.shape[1] <= self.end:
            raise ExplorerError(
                "The function must return a row of log-probabilities for each prefix, with the "
                "end token {end} among them: ({prefixes}, V), not {shape}.",
                end=self.end,
                prefixes=rows,
                shape=tuple(log_probs.shape),
            )
        return log_probs, read


def _tensor(given: ArrayLike | Tensor) -> Tensor:
    """What a function returned as a tensor of floats, in its own precision."""
    if isinstance(given, Tensor):
        found = given.detach()
    else:
        try:
            found = torch.from_numpy(np.array(given, None if hasattr(given, "dtype") else float))
        except (TypeError, ValueError):
            raise ExplorerError(
                "The function must return numbers, not {kind}.", kind=type(given).__name__
            ) from None
    return found if found.is_floating_point() else found.double()
