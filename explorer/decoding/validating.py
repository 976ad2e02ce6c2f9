"""A scorer around another that refuses NaN and log-probabilities above 0."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from torch import Tensor

from explorer.decoding.scorer import S, Wrapped, word_of
from explorer.errors import ExplorerError

Source = TypeVar("Source")

ROUNDING = 1e-5
"""How far above zero rounding may carry a log-probability."""

Read: TypeAlias = "tuple[Read, int] | None"
"""The tokens that were read, the last one outermost: sharing makes a long prefix one more pair."""


@dataclass(frozen=True)
class ValidatedState(Generic[S]):
    """The state of N prefixes, and which prefixes they are, (N,)."""

    state: S
    read: tuple[Read, ...]

    def select(self, rows: Tensor) -> "ValidatedState[S]":
        """The state of the prefixes ``rows``, in that order."""
        return ValidatedState(
            self.state.select(rows), tuple(self.read[row] for row in rows.tolist())
        )

    def joined(self, others: "Sequence[ValidatedState[S]]") -> "ValidatedState[S]":
        """The state of these prefixes and then of the others'."""
        read = sum((other.read for other in others), self.read)
        return ValidatedState(self.state.joined([other.state for other in others]), read)


@dataclass(frozen=True)
class Validating(Wrapped[Source, S]):
    """Refuses NaN and positive log-probabilities, naming the prefix at which they arose.

    Raises:
        ExplorerError: In `step`.
    """

    def start(self, sources: Sequence[Source]) -> ValidatedState[S]:
        """The state of an empty prefix of each source."""
        return ValidatedState(self.scorer.start(sources), (None,) * len(sources))

    def step(self, state: ValidatedState[S], tokens: Tensor) -> tuple[Tensor, ValidatedState[S]]:
        """The log-probabilities (N, V) after reading ``tokens``, (N,), and the state then."""
        log_probs, after = self.scorer.step(state.state, tokens)
        read = tuple(zip(state.read, tokens.tolist(), strict=True))
        if not log_probs.max().item() <= ROUNDING:  # the greatest of numbers with NaN is NaN
            self._refuse(log_probs, read)
        return log_probs, ValidatedState(after, read)

    def _refuse(self, log_probs: Tensor, read: Sequence[Read]) -> None:
        """Name the first that is wrong; if it is NaN, there may be no number to show."""
        wrong = ~(log_probs <= ROUNDING)
        row, token = wrong.nonzero()[0].tolist()
        word = word_of(self.scorer)
        prefix = " ".join(word(read_token) for read_token in _tokens(read[row]))
        value = log_probs[row, token].item()
        if value != value:
            raise ExplorerError(
                "The scorer returned NaN as the log-probability of “{token}” after “{prefix}”.",
                token=word(token),
                prefix=prefix,
            )
        raise ExplorerError(
            "The scorer returned {value}, which is above 0, as the log-probability of "
            "“{token}” after “{prefix}”.",
            value=value,
            token=word(token),
            prefix=prefix,
        )


def _tokens(read: Read) -> list[int]:
    """The tokens that were read, without the one that begins."""
    tokens = []
    while read is not None:
        read, token = read
        tokens.append(token)
    return tokens[-2::-1]
