"""Where the reader is: the tour, the stop, and what was committed to, as every address says it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from explorer.web.kit.carried import SAID, TOUR
from explorer.web.tours.tour import Stop, Tour

#: One choice, or how many hands were raised for each.
Said: TypeAlias = tuple[int, ...]
_MOST = 9999


@dataclass(frozen=True)
class Place:
    """A place in a tour.

    Attributes:
        tour: Which one.
        number: Of the stop, from 1; 0 before the first.
        said: What was committed to, by the stop's number.
    """

    tour: Tour
    number: int
    said: Mapping[int, Said]

    @property
    def stop(self) -> Stop:
        """The stop."""
        return self.tour.stops[self.number - 1]

    def at(self, number: int) -> "Place":
        """Another stop of the tour."""
        return replace(self, number=number)

    def saying(self, said: Said | None) -> "Place":
        """With a commitment at this stop; None takes it back."""
        others = {number: one for number, one in self.said.items() if number != self.number}
        return replace(self, said=others | ({} if said is None else {self.number: said}))

    def written(self) -> dict[str, str]:
        """Its parameters of an address."""
        said = ",".join(
            f"{number}.{'-'.join(map(str, one))}" for number, one in sorted(self.said.items())
        )
        where = {TOUR.name: f"{self.tour.name}.{self.number}"}
        return where | ({SAID.name: said} if said else {})

    def keep(self) -> None:
        """Makes it the session's."""
        written = self.written()
        for carried in (TOUR, SAID):
            carried.choose(written.get(carried.name))


def leave() -> None:
    """Ends the tour."""
    for carried in (TOUR, SAID):
        carried.choose(None)


def current(tours: Mapping[str, Tour]) -> Place | None:
    """Where the session is; None if it is on no tour, or on one that there is not.

    A link may name the tour alone: its stop is 0 then.
    """
    name, _dot, number = (TOUR.chosen or "").partition(".")
    if name not in tours:
        leave()
        return None
    tour = tours[name]
    return Place(tour, min(int(number or 0), len(tour.stops)), _read(SAID.chosen or ""))


def _read(text: str) -> dict[int, Said]:
    """What was committed to; what cannot be read was not."""
    found: dict[int, Said] = {}
    for entry in text.split(","):
        number, _dot, said = entry.partition(".")
        counts = said.split("-")
        if number.isdecimal() and all(count.isdecimal() for count in counts):
            found[int(number)] = tuple(min(int(count), _MOST) for count in counts)
    return found
