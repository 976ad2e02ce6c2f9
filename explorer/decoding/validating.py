"""A scorer around another that refuses NaN and log-probabilities above 0."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from torch import Tensor

from explorer.decoding.prefixes import Prefixed, Prefixes
from explorer.decoding.scorer import S, Wrapped, word_of
from explorer.errors import ExplorerError

Source = TypeVar("Source")

ROUNDING = 1e-5
"""How far above zero rounding may carry a log-probability."""


@dataclass(frozen=True)
class Validating(Wrapped[Source, S]):
    """Refuses NaN and positive log-probabilities, naming the prefix at which they arose.

    Raises:
        ExplorerError: In `step`.
    """

    def start(self, sources: Sequence[Source]) -> Prefixed[S]:
        """The state of an empty prefix of each source."""
        return Prefixed(self.scorer.start(sources), Prefixes.empty(len(sources)))

    def step(self, state: Prefixed[S], tokens: Tensor) -> tuple[Tensor, Prefixed[S]]:
        """The log-probabilities (N, V) after reading ``tokens``, (N,), and the state then."""
        log_probs, after = self.scorer.step(state.state, tokens)
        read = state.prefixes.then(tokens)
        if not log_probs.max().item() <= ROUNDING:  # the greatest of numbers with NaN is NaN
            self._refuse(log_probs, read)
        return log_probs, Prefixed(after, read)

    def _refuse(self, log_probs: Tensor, read: Prefixes) -> None:
        """Name the first that is wrong; if it is NaN, there may be no number to show."""
        wrong = ~(log_probs <= ROUNDING)
        row, token = wrong.nonzero()[0].tolist()
        word = word_of(self.scorer)
        prefix = " ".join(word(read_token) for read_token in read.tokens(row))
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
