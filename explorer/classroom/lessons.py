"""All classes of a server, within bounds: how many, how long, and how often a code may be tried."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from explorer.classroom.allowance import Allowance
from explorer.classroom.codes import read_code
from explorer.classroom.lesson import Lesson
from explorer.errors import ExplorerError

MOST_LESSONS = 20
MOST_OF_ONE = 2
"""Classes that one address in the network may have open; the machine itself may open all."""
LONGEST_S = 3 * 3600.0
UNLED_S = 30 * 60.0
"""A class that its teacher has left for so long is over."""
WRONG_OF_ONE = (10, 1 / 6)
WRONG_IN_ALL = (100, 1.0)
"""Wrong codes of one address, and of all: so many at once, and so many a second."""
MOST_ADDRESSES = 1000
"""Addresses whose wrong codes are remembered."""


@dataclass
class _Open:
    lesson: Lesson
    peer: str
    began: float
    led: float
    leaders: int = 0


@dataclass
class Lessons:
    """The classes of a server.

    Attributes:
        clock: Seconds, from anywhere.
    """

    clock: Callable[[], float] = time.monotonic
    _open: dict[str, _Open] = field(default_factory=dict)
    _wrong_of: dict[str, Allowance] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._wrong = self._allowance(WRONG_IN_ALL)

    def open(self, peer: str, *, own: bool) -> Lesson:
        """Opens a class.

        Args:
            peer: The address in the network from which it is opened.
            own: Whether that is this machine itself, or a proxy on it.

        Raises:
            ExplorerError: There are as many as there may be.
        """
        self.sweep()
        theirs = sum(each.peer == peer for each in self._open.values())
        if len(self._open) >= MOST_LESSONS or (theirs >= MOST_OF_ONE and not own):
            raise ExplorerError("Too many classes are open on this server: end one first.")
        lesson = Lesson()
        now = self.clock()
        self._open[lesson.code] = _Open(lesson, peer, began=now, led=now)
        return lesson

    def find(self, text: str, *, peer: str, seat: str, keys: Mapping[str, str]) -> Lesson:
        """The class of a code.

        Who is in it already, or leads it, is let in at once. Everybody else is told nothing, not
        even that a code is right, once too many wrong ones were tried.

        Args:
            text: The code, as it was typed.
            peer: The address in the network that asks.
            seat: That they say they have.
            keys: The keys that they have, by the code of the class that they lead.

        Raises:
            ExplorerError: There is no such class, or too many codes were tried.
        """
        self.sweep()
        code = read_code(text) or ""
        lesson = self._open[code].lesson if code in self._open else None
        if lesson and (seat in lesson.people or lesson.leads(keys.get(code, ""))):
            return lesson
        wrong = self._of(peer)
        if min(wrong.left, self._wrong.left) < 1:
            raise ExplorerError("Too many wrong codes were tried: wait a minute.")
        if lesson is None:
            wrong.take()
            self._wrong.take()
            raise ExplorerError("There is no class with this code; it may be over.")
        return lesson

    def lead(self, lesson: Lesson, change: int) -> None:
        """A tab of the teacher's has come (1) or gone (−1)."""
        if kept := self._open.get(lesson.code):
            kept.leaders += change
            kept.led = self.clock()

    def end(self, lesson: Lesson) -> None:
        """Ends a class and forgets all of it."""
        self._open.pop(lesson.code, None)
        lesson.end()

    def sweep(self) -> None:
        """Ends the classes whose time is over."""
        now = self.clock()
        for each in tuple(self._open.values()):
            left = not each.leaders and now - each.led > UNLED_S
            if left or now - each.began > LONGEST_S:
                self.end(each.lesson)

    def _of(self, peer: str) -> Allowance:
        if peer not in self._wrong_of and len(self._wrong_of) >= MOST_ADDRESSES:
            del self._wrong_of[next(iter(self._wrong_of))]
        return self._wrong_of.setdefault(peer, self._allowance(WRONG_OF_ONE))

    def _allowance(self, rate: tuple[int, float]) -> Allowance:
        at_once, per_second = rate
        return Allowance(at_once=at_once, per_second=per_second, clock=self.clock)
