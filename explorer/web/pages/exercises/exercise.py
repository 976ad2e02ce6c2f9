"""What an exercise is, and what answers it here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from explorer.exercises.programs import Program

Answered: TypeAlias = Literal["here", "in part", "not here"]


@dataclass(frozen=True)
class Link:
    """A view that answers an exercise.

    Attributes:
        page: The name of its page's file.
        parameters: Of the page's address, that open it in the right state.
        look: What to look at, in a sentence; an English message that the catalogues translate.
    """

    page: str
    parameters: Mapping[str, str]
    look: str


@dataclass(frozen=True)
class Exercise:
    """An exercise of the book.

    Attributes:
        section: Of *Dive into Deep Learning*, such as "9.1".
        number: Within the section, from 1.
        asks: What it asks, in our own words; a message, as the links' are.
        links: The views that answer it.
        program: A program that answers it.
        missing: What cannot be answered here, and why; empty if all of it can.
    """

    section: str
    number: int
    asks: str
    links: tuple[Link, ...] = ()
    program: Program | None = None
    missing: str = ""

    @property
    def name(self) -> str:
        """Such as 9.1.4."""
        return f"{self.section}.{self.number}"

    @property
    def answered(self) -> Answered:
        """Whether it is answered here."""
        if not self.links and self.program is None:
            return "not here"
        return "in part" if self.missing else "here"
