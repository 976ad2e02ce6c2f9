"""What a tour is: stops with a text, an address and a mark. Knows no tour in particular."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from explorer.web.shared.chapter import BY_PAGE


@dataclass(frozen=True)
class Mark:
    """What to look at: a part of the page, outlined.

    Attributes:
        part: What it is called, in a few words, to be translated.
        key: Of the element on the page, without the page's name: ``strip`` for ``gru.strip``.
        inside: A CSS selector of what is meant inside it; all of it where this is empty.
    """

    part: str
    key: str
    inside: str = ""


@dataclass(frozen=True)
class Question:
    """A question whose answer is computed when somebody has committed to one.

    Attributes:
        text: To be translated.
        answer: What answers it, as ``module:function`` in `explorer.web.tours.answers`: given the
            parameters of the page's address, it returns an `Answer`.
        of: The parameters on which the answer depends: with other values it is another question.
        options: What may be answered, to be translated; empty if the answer brings them along.
        why: One sentence of why, to be translated.
    """

    text: str
    answer: str
    of: tuple[str, ...]
    options: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Answer:
    """What was computed.

    Attributes:
        right: The number of the right option.
        said: The answer in a sentence, with its numbers, in the reader's language.
        options: What may be answered, where the question does not say it.
    """

    right: int
    said: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stop:
    """A stop of a tour.

    Attributes:
        text: Two to four short sentences, to be translated unless the tour is a teacher's own.
        page: The name of the page's file.
        view: The parameters of its address.
        mark: What to look at; None for the whole page.
        question: What is asked here, if anything is.
    """

    text: str
    page: str
    view: Mapping[str, str]
    mark: Mark | None = None
    question: Question | None = None

    @property
    def marked(self) -> str | None:
        """The CSS class that Streamlit gives the element that is marked."""
        return f"st-key-{self.page}-{self.mark.key}".replace(".", "-") if self.mark else None


@dataclass(frozen=True)
class Tour:
    """A tour through a section, or a teacher's own.

    Attributes:
        name: Of the page of its section; in the address, it is the tour.
        stops: In their order.
        own_title: That of a teacher's own tour, which is shown as it was written.
    """

    name: str
    stops: tuple[Stop, ...]
    own_title: str = ""

    @cached_property
    def title(self) -> str:
        """Its own, or that of its section, to be translated."""
        return self.own_title or BY_PAGE[self.name].title
