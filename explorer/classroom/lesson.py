"""One class: who is here, what the teacher shows, and the question that is open."""

import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from explorer.classroom.codes import new_code, new_key
from explorer.classroom.question import Question
from explorer.classroom.view import View
from explorer.errors import ExplorerError

MOST_PEOPLE = 200
MOST_TABS = 4
"""Connections of one person."""
PLAYERS = ("strip", "texts", "tree")
"""What plays on a page: the strip of tokens, two texts, the search trees."""
FARTHEST = 1_000_000
"""The last place that a player may be told of."""


@dataclass
class Person:
    """Somebody in the class, of whom nothing is known.

    Attributes:
        tabs: Their open connections.
        follows: Whether they follow the teacher, or look around by themselves.
        answer: The number of their choice in the open question.
    """

    tabs: int = 0
    follows: bool = True
    answer: int | None = None


@dataclass
class Lesson:
    """A class from its opening to its end.

    Attributes:
        code: By which one joins.
        key: By which one leads.
        view: What the teacher shows.
        places: Where the players of the page stand, by their names.
        question: The open one.
        revealed: Whether its answers are shown to all.
        ended: Whether the class is over.
        shown, moved, counted: How often what all see has changed, where the players stand, and what
            the teacher alone sees.
    """

    code: str = field(default_factory=new_code)
    key: str = field(default_factory=new_key, repr=False)
    view: View | None = None
    places: dict[str, int] = field(default_factory=dict)
    question: Question | None = None
    revealed: bool = False
    ended: bool = False
    shown: int = 0
    moved: int = 0
    counted: int = 0
    people: dict[str, Person] = field(default_factory=dict, repr=False)
    _told: set[Callable[[], None]] = field(default_factory=set, repr=False)

    def leads(self, key: str) -> bool:
        """Whether a key is the teacher's."""
        return secrets.compare_digest(key.encode(), self.key.encode())

    def tell(self, act: Callable[[], None]) -> Callable[[], None]:
        """Has ``act`` called whenever something has changed; returns what ends that."""
        self._told.add(act)
        return lambda: self._told.discard(act)

    def enter(self, seat: str) -> str:
        """Somebody comes in, or back to the seat that they have; returns their seat.

        Raises:
            ExplorerError: The class is full, or they are here too many times.
        """
        person = self.people.get(seat)
        if person is None:
            self._make_room()
            seat, person = new_key(), Person()
            self.people[seat] = person
        if person.tabs >= MOST_TABS:
            raise ExplorerError("You have this class open in too many tabs: close one.")
        person.tabs += 1
        person.follows = True
        self._count()
        return seat

    def leave(self, seat: str) -> None:
        """A tab of somebody is closed, or has lost its connection; their seat stays theirs."""
        self.people[seat].tabs -= 1
        self._count()

    def follow(self, seat: str, follows: bool) -> None:
        """Somebody follows the teacher from now on, or does not."""
        self.people[seat].follows = follows
        self._count()

    @property
    def here(self) -> int:
        """How many are here."""
        return sum(person.tabs > 0 for person in self.people.values())

    @property
    def following(self) -> int:
        """How many of them follow."""
        return sum(person.tabs > 0 and person.follows for person in self.people.values())

    def show(self, view: View, places: dict[str, int]) -> None:
        """The teacher shows something, with its players at their places."""
        self.places = {name: _bounded(place) for name, place in places.items() if name in PLAYERS}
        self.view = view
        self._show()

    def move(self, places: dict[str, int]) -> None:
        """A player of the teacher's page has moved."""
        known = {name: _bounded(place) for name, place in places.items() if name in PLAYERS}
        self.places = {**self.places, **known}
        self.moved += 1
        self._say()

    def ask(self, question: Question) -> None:
        """Puts a question to all; the one before it goes, with its answers."""
        self.question, self.revealed = question, False
        for person in self.people.values():
            person.answer = None
        self._show()

    def answer(self, seat: str, choice: int) -> None:
        """Somebody chooses, or chooses again, until the answers are revealed."""
        if self.question and not self.revealed and 0 <= choice < len(self.question.choices):
            self.people[seat].answer = choice
            self._count()

    @property
    def answers(self) -> tuple[int, ...]:
        """How many have chosen each choice of the open question."""
        if self.question is None:
            return ()
        chosen = Counter(person.answer for person in self.people.values())
        return tuple(chosen[number] for number in range(len(self.question.choices)))

    def reveal(self, right: int | None = None) -> None:
        """Shows the answers to all; and which is right, where that was not known before.

        Raises:
            ExplorerError: There is no such choice.
        """
        if self.question and right is not None:
            self.question = replace(self.question, right=right)
        self.revealed = self.question is not None
        self._show()

    def close_question(self) -> None:
        """Takes the question away."""
        self.question, self.revealed = None, False
        self._show()

    def end(self) -> None:
        """Ends the class for all."""
        self.ended = True
        self._show()

    def _make_room(self) -> None:
        """Gives away the seat of somebody who has left, where none is free."""
        if self.here >= MOST_PEOPLE:
            raise ExplorerError("This class is full: {most} people are in it.", most=MOST_PEOPLE)
        if len(self.people) >= 2 * MOST_PEOPLE:
            empty = [seat for seat, person in self.people.items() if not person.tabs]
            unanswered = [seat for seat in empty if self.people[seat].answer is None]
            del self.people[(unanswered or empty)[0]]

    def _show(self) -> None:
        self.shown += 1
        self._say()

    def _count(self) -> None:
        self.counted += 1
        self._say()

    def _say(self) -> None:
        for act in tuple(self._told):
            act()


def _bounded(place: int) -> int:
    return max(0, min(place, FARTHEST))
