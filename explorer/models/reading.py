"""What one reader found in some of a model's translations, and how far it holds for others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Literal, get_args

from explorer.stored.typed import UnfitError

Verdict = Literal["right", "understandable", "partly wrong", "wrong"]
Fault = Literal[
    "word", "omitted", "repeated", "invented", "name", "number", "person", "grammar"
]  # docs/training.md says what each means
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
Reader = Literal["person", "language model"]
FAULTS: tuple[Fault, ...] = get_args(Fault)

_MOST = 100_000  # translations that anybody reads
_Z = 1.959964  # the standard normal's quantile of 97.5 %


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Translations of test sentences drawn at random, as one reader judged them.

    Args:
        reader: Who judged.
        day: When, as 2026-11-27.
        seed: Of the draw.
        verdicts: How many translations were judged so; all four are there.
        faults: How many of those that are not right had this main fault; none of zero.
    """

    reader: Reader
    day: str
    seed: int
    verdicts: Mapping[str, int]
    faults: Mapping[str, int]

    @property
    def sentences(self) -> int:
        """How many were read."""
        return sum(self.verdicts.values())

    @property
    def kept(self) -> int:
        """How many keep the meaning: they are right or understandable."""
        return self.verdicts["right"] + self.verdicts["understandable"]

    @property
    def commonest(self) -> tuple[Fault, ...]:
        """The faults, the most frequent first."""
        found = (fault for fault in FAULTS if self.faults.get(fault))
        return tuple(sorted(found, key=lambda fault: -self.faults[fault]))

    def check(self, place: str) -> None:
        """Refuses what no reading gives.

        Raises:
            UnfitError: A name is unknown or missing, a number is negative or too large, the faults
                are not those of the translations that are not right, or the day is none.
        """
        known = self.verdicts.keys() == {*VERDICTS} and self.faults.keys() <= {*FAULTS}
        counts = (*self.verdicts.values(), *self.faults.values())
        if not known or not all(0 <= count <= _MOST for count in counts):
            raise UnfitError(place)
        faulty = self.sentences - self.verdicts["right"]
        if not self.sentences or sum(self.faults.values()) != faulty or not _is_day(self.day):
            raise UnfitError(place)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def wilson(count: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share of which ``count`` of ``of`` were drawn, at least one.

    It stays within 0 and 1 and is right for small numbers too (Wilson 1927).
    """
    share, spread = count / of, _Z**2 / of
    middle = (share + spread / 2) / (1 + spread)
    half = _Z / (1 + spread) * sqrt(share * (1 - share) / of + spread / (4 * of))
    return max(0.0, middle - half), min(1.0, middle + half)
