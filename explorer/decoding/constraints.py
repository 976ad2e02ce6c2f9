"""A scorer around another under rules: which tokens may follow a prefix.

A rule sees a prefix and nothing else, so every search keeps to it, and exact search proves the best
of the sequences that it allows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import torch
from torch import Tensor

from explorer.decoding.mixture import normalise
from explorer.decoding.prefixes import Prefixed, Prefixes
from explorer.decoding.scorer import S, Scorer, Wrapped, word_of
from explorer.errors import ExplorerError

Source = TypeVar("Source")
Prefix = tuple[int, ...]


class Rule(Protocol):
    """Says which tokens may not follow a prefix; it depends on the prefix alone."""

    def forbidden(self, prefix: Prefix, *, end: int, size: int) -> Sequence[int] | Tensor:
        """The tokens that may not come, or (V,) of booleans.

        Args:
            prefix: The tokens that were read, none of which ends a sequence.
            end: The token that ends one.
            size: V, how many tokens there are.
        """
        ...


@dataclass(frozen=True)
class ForcedPrefix:
    """Every sequence begins with these tokens. Those after a different beginning are none."""

    tokens: Prefix

    def forbidden(self, prefix: Prefix, *, end: int, size: int) -> Sequence[int] | Tensor:
        """All but the token of this place; nothing once the prefix has been written."""
        if len(prefix) >= len(self.tokens):
            return ()
        others = torch.ones(size, dtype=torch.bool)
        others[self.tokens[len(prefix)] : self.tokens[len(prefix)] + 1] = False
        return others


@dataclass(frozen=True)
class MinimumLength:
    """No sequence ends before it has so many tokens, its end not counted."""

    length: int

    def forbidden(self, prefix: Prefix, *, end: int, size: int) -> Sequence[int]:
        """The end, as long as the prefix is too short."""
        return (end,) if len(prefix) < self.length else ()


@dataclass(frozen=True)
class NoRepeatedNgram:
    """No n tokens in a row come twice, as with ``no_repeat_ngram_size`` of other programs."""

    n: int

    def forbidden(self, prefix: Prefix, *, end: int, size: int) -> Sequence[int]:
        """The tokens that have followed the last n − 1 before; a sequence may always end."""
        last = prefix[len(prefix) - self.n + 1 :] if self.n > 1 else ()
        firsts = range(len(prefix) - self.n + 1)
        return [prefix[i + self.n - 1] for i in firsts if prefix[i : i + self.n - 1] == last]


@dataclass(frozen=True)
class BannedTokens:
    """These tokens never come."""

    tokens: Prefix

    def forbidden(self, prefix: Prefix, *, end: int, size: int) -> Sequence[int]:
        """These tokens."""
        return self.tokens


_OWN = (ForcedPrefix, MinimumLength, NoRepeatedNgram, BannedTokens)


@dataclass(frozen=True)
class Constrained(Wrapped[Source, S]):
    """The scorer's probabilities of what the rules allow; nothing else comes.

    Without ``normalised``, what may not come is masked after the normalisation: what remains keeps
    the model's own probabilities, so allowed sequences are ranked as the model ranks them, a forced
    token costs what the model says, and exact search proves the model's best among them.

    With it, the probabilities after every prefix are made to sum to one again, as in sampling under
    constraints. A forced token then costs nothing, and a prefix after which little was allowed
    becomes likelier: that is another distribution, with an order of its own, and a proof is of it.

    No log-probability is above zero in either, so the bound of exact search holds. Where the rules
    leave nothing, a prefix is a dead end.

    Args:
        scorer: Gives the probabilities.
        rules: What they must keep to, all of them.
        normalised: Whether the rest is made to sum to one.
    """

    rules: tuple[Rule, ...]
    normalised: bool = False

    @property
    def trusted(self) -> bool:
        """As far as the scorer is, under rules of ours."""
        return super().trusted and all(isinstance(rule, _OWN) for rule in self.rules)

    def word(self, token: int) -> str:
        """What the scorer calls the token."""
        return word_of(self.scorer)(token)

    def start(self, sources: Sequence[Source]) -> Prefixed[S]:
        """The state of an empty prefix of each source."""
        return Prefixed(self.scorer.start(sources), Prefixes.empty(len(sources)))

    def step(self, state: Prefixed[S], tokens: Tensor) -> tuple[Tensor, Prefixed[S]]:
        """The log-probabilities (N, V) after reading ``tokens``, (N,), and the state then."""
        given, after = self.scorer.step(state.state, tokens)
        read = state.prefixes.then(tokens)
        log_probs = given.clone()
        for row, prefix in enumerate(read.all()):
            self._mask(log_probs[row], prefix)
        return normalise(log_probs) if self.normalised else log_probs, Prefixed(after, read)

    def _mask(self, log_probs: Tensor, prefix: Prefix) -> None:
        """Take from (V,), in place, what may not follow a prefix."""
        for rule in self.rules:
            no = rule.forbidden(prefix, end=self.end, size=len(log_probs))
            try:
                log_probs[no if isinstance(no, Tensor) else list(no)] = -torch.inf
            except IndexError:
                raise ExplorerError(
                    "A rule names a token that the scorer does not have: its tokens are numbered "
                    "0 to {last}.",
                    last=len(log_probs) - 1,
                ) from None


def constrain(
    scorer: Scorer[Source, S], *rules: Rule, normalised: bool = False
) -> Constrained[Source, S]:
    """A scorer under rules, such as ``constrain(scorer, MinimumLength(3), BannedTokens((7,)))``.

    Args:
        scorer: Gives the probabilities.
        *rules: `ForcedPrefix`, `MinimumLength`, `NoRepeatedNgram`, `BannedTokens`, or rules of your
            own: objects with a method ``forbidden``.
        normalised: Whether what remains is made to sum to one, see `Constrained`.

    Raises:
        ExplorerError: A rule is none, names no token, or says a number below the least.
    """
    for rule in rules:
        _check(rule)
    return Constrained(scorer, rules, normalised)


def _check(rule: object) -> None:
    if not callable(getattr(rule, "forbidden", None)):
        raise ExplorerError(
            "A rule is an object with a method forbidden(prefix, end, size), not a {kind}.",
            kind=type(rule).__name__,
        )
    tokens = rule.tokens if isinstance(rule, ForcedPrefix | BannedTokens) else ()
    if any(token < 0 for token in tokens):
        raise ExplorerError("Token numbers cannot be negative.")
    if isinstance(rule, NoRepeatedNgram) and rule.n < 1:
        raise ExplorerError("An n-gram has at least one token, not {n}.", n=rule.n)
