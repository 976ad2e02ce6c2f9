"""What the book says that a search costs (section 9.8), with the real numbers put in."""

import math
from dataclasses import dataclass
from types import MappingProxyType

from explorer.decoding.tree import Strategy
from explorer.text.numbers import power_of_ten, raised

#: As the book writes them: |Y| tokens, width k, greatest length T′.
NAMES = MappingProxyType({"greedy": "|Y|·T′", "beam": "k·|Y|·T′", "exhaustive": "|Y|ᵀ′"})
_IN_FULL = 10**9


@dataclass(frozen=True)
class Formula:
    """One formula.

    Attributes:
        name: As the book writes it.
        put_in: With the numbers in the place of the letters.
        power: The decimal logarithm of its value.
        value: Its value as it is written: ``= 256``, or ``≈ 10¹²²`` if it is long.
    """

    name: str
    put_in: str
    power: float
    value: str

    def __str__(self) -> str:
        """The formula with its value."""
        return f"{self.name} = {self.put_in} {self.value}"


def formulas(*, tokens: int, width: int, longest: int) -> dict[Strategy, Formula]:
    """The formula of each search that the book has one for.

    Args:
        tokens: |Y|.
        width: k.
        longest: T′.
    """
    return {
        "greedy": _product("greedy", (tokens, longest)),
        "beam": _product("beam", (width, tokens, longest)),
        "exhaustive": Formula(
            NAMES["exhaustive"],
            f"{tokens:,}{raised(longest)}",
            longest * math.log10(tokens),
            _written(tokens**longest),
        ),
    }


def _product(search: str, factors: tuple[int, ...]) -> Formula:
    value = math.prod(factors)
    put_in = " · ".join(f"{factor:,}" for factor in factors)
    return Formula(NAMES[search], put_in, math.log10(value), _written(value))


def _written(value: int) -> str:
    if value < _IN_FULL:
        return f"= {value:,}"
    return f"≈ {power_of_ten(round(math.log10(value)))}"
