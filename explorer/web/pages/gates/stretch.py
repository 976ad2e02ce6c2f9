"""A stretch of a text, as the address writes it."""

from dataclasses import dataclass

from explorer.text.numbers import read_whole


@dataclass(frozen=True)
class Stretch:
    """Steps from the first to the last."""

    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"


def read_stretch(text: str) -> Stretch | None:
    """What the address says.

    Raises:
        ValueError: It says no stretch.
    """
    first, _dash, last = text.partition("-")
    stretch = Stretch(read_whole(first), read_whole(last))
    if not 0 <= stretch.first <= stretch.last:
        raise ValueError(text)
    return stretch
