"""Which unit the reader holds, as the address writes it. Brings in no torch."""

import re
from dataclasses import dataclass
from typing import Literal

Part = Literal["encoder", "decoder"]

_PATTERN = re.compile(r"(encoder|decoder)-(\d{1,2})-([a-z]{1,12})-(\d{1,4})")


@dataclass(frozen=True)
class Held:
    """A unit of the encoder or the decoder."""

    part: Part
    layer: int
    quantity: str
    unit: int

    def __str__(self) -> str:
        return f"{self.part}-{self.layer}-{self.quantity}-{self.unit}"


def read(text: str) -> Held | None:
    """The unit that an address names, such as ``encoder-1-hidden-391``; nothing of an empty one.

    Raises:
        ValueError: It names none.
    """
    if not text:
        return None
    found = _PATTERN.fullmatch(text)
    if not found:
        raise ValueError(text)
    part, layer, quantity, unit = found.groups()
    named: Part = "encoder" if part == "encoder" else "decoder"
    return Held(named, int(layer), quantity, int(unit))
