"""Several scorers as one: the mean of their probabilities, or of their log-probabilities."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import torch
from torch import Tensor

from explorer.decoding.scorer import Scorer, State, word_of
from explorer.errors import ExplorerError

Source = TypeVar("Source")

Mean = Literal["probabilities", "log-probabilities"]

BEGIN = -1
"""What stands for each scorer's own beginning; no token of any has this number."""


@dataclass(frozen=True)
class MixtureState:
    """The state of N prefixes in each of several scorers."""

    states: tuple[State, ...]

    def select(self, rows: Tensor) -> "MixtureState":
        """The state of the prefixes ``rows``, in that order."""
        return MixtureState(tuple(state.select(rows) for state in self.states))

    def joined(self, others: "Sequence[MixtureState]") -> "MixtureState":
        """The state of these prefixes and then of the others', which have the same sources."""
        rest = zip(*(other.states for other in others), strict=True)
        return MixtureState(tuple(s.joined(o) for s, o in zip(self.states, rest, strict=True)))


@dataclass(frozen=True)
class Mixture:
    """Scores by what several scorers of the same tokens say together.

    With ``of="probabilities"`` that is the weighted mean of their probabilities (an ensemble). It
    sums to one where theirs do, so nothing is lost.

    With ``of="log-probabilities"`` it is the weighted sum of their log-probabilities (a log-linear
    model, shallow fusion). It sums to less than one, or to more where weights are small; with
    ``normalised`` it is divided by its sum after every prefix.

    Either way no log-probability is above zero, so a total only falls as a sequence grows: the
    bound and the proof of exact search hold, of these numbers. Normalised or not are two models
    whose best sequences may differ.

    Args:
        scorers: At least one; of the same sources, with the same tokens and end.
        weights: One a scorer, above zero; equal ones that sum to one if it is empty. Those of
            probabilities must sum to one.
        of: What is averaged.
        normalised: Whether the probabilities after each prefix are made to sum to one.

    Raises:
        ExplorerError: The weights or scorers do not go together.
    """

    scorers: tuple[Scorer[Any, Any], ...]
    weights: tuple[float, ...] = ()
    of: Mean = "probabilities"
    normalised: bool = False

    def __post_init__(self) -> None:
        if not self.scorers or len({scorer.end for scorer in self.scorers}) > 1:
            raise ExplorerError(
                "A mixture needs at least one scorer, and all of them must have the same end token."
            )
        if self.weights and len(self.weights) != len(self.scorers):
            raise ExplorerError(
                "A mixture needs one weight per scorer: {scorers}, not {weights}.",
                scorers=len(self.scorers),
                weights=len(self.weights),
            )
        if not all(0 < weight < math.inf for weight in self.weights):
            raise ExplorerError("Every weight of a mixture must be greater than 0, and finite.")
        total = math.fsum(self.weights) if self.weights else 1.0
        if self.of == "probabilities" and abs(total - 1) > 1e-6:
            raise ExplorerError(
                "The weights of averaged probabilities must sum to 1, not to {total}.",
                total=f"{total:.6g}",
            )

    @property
    def begin(self) -> int:
        """The number of no token: each scorer begins with its own."""
        return BEGIN

    @property
    def end(self) -> int:
        """The scorers'."""
        return self.scorers[0].end

    @property
    def trusted(self) -> bool:
        """As far as all scorers are."""
        return all(getattr(scorer, "trusted", False) for scorer in self.scorers)

    def word(self, token: int) -> str:
        """What the first scorer calls the token."""
        first = self.scorers[0]
        return word_of(first)(first.begin if token == BEGIN else token)

    def start(self, sources: Sequence[Any]) -> MixtureState:
        """The state of an empty prefix of each source."""
        return MixtureState(tuple(scorer.start(sources) for scorer in self.scorers))

    def step(self, state: MixtureState, tokens: Tensor) -> tuple[Tensor, MixtureState]:
        """The log-probabilities (N, V) after reading ``tokens``, (N,), and the state then.

        Raises:
            ExplorerError: The scorers do not have equally many tokens.
        """
        steps = [
            scorer.step(own, tokens.masked_fill(tokens == BEGIN, scorer.begin))
            for scorer, own in zip(self.scorers, state.states, strict=True)
        ]
        sizes = [found.shape[1] for found, _after in steps]
        if len({*sizes}) > 1:
            raise ExplorerError(
                "Scorers can be mixed only if they have the same tokens; these have {sizes}.",
                sizes=", ".join(map(str, sizes)),
            )
        log_probs = self._mixed([found for found, _after in steps])
        return log_probs, MixtureState(tuple(after for _found, after in steps))

    def _mixed(self, steps: Sequence[Tensor]) -> Tensor:
        """One (N, V) of those of M scorers."""
        weights = self.weights or (1 / len(steps),) * len(steps)
        if self.of == "probabilities":
            logs = [found + math.log(w) for found, w in zip(steps, weights, strict=True)]
            mixed = torch.stack(logs).logsumexp(0)
        else:
            mixed = torch.stack([f * w for f, w in zip(steps, weights, strict=True)]).sum(0)
        return normalise(mixed) if self.normalised else mixed


def normalise(log_probs: Tensor) -> Tensor:
    """Log-probabilities (N, V) whose rows sum to one; a row without any stays as it is."""
    total = log_probs.logsumexp(1, keepdim=True)
    return torch.where(total.isneginf(), log_probs, log_probs - total)
