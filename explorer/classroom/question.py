"""A question that is put to a class."""

from dataclasses import dataclass

from explorer.errors import ExplorerError

LONGEST_QUESTION, LONGEST_CHOICE = 300, 100
"""Characters."""
FEWEST, MOST = 2, 6
"""Choices."""


@dataclass(frozen=True)
class Question:
    """A question with its choices.

    Attributes:
        text: What is asked.
        choices: From ``FEWEST`` to ``MOST`` of them.
        right: The number of the right one, from 0; None where nothing is right or wrong.

    Raises:
        ExplorerError: Something of it is too short or too long, or there are too many choices.
    """

    text: str
    choices: tuple[str, ...]
    right: int | None = None

    def __post_init__(self) -> None:
        if not _written(self.text, LONGEST_QUESTION):
            raise ExplorerError(
                "A question needs a text of at most {most} characters.", most=LONGEST_QUESTION
            )
        fits = all(_written(choice, LONGEST_CHOICE) for choice in self.choices)
        if not fits or not FEWEST <= len(self.choices) <= MOST:
            raise ExplorerError(
                "A question needs {fewest} to {most} choices, each of at most {longest} "
                "characters.",
                fewest=FEWEST,
                most=MOST,
                longest=LONGEST_CHOICE,
            )
        if self.right is not None and not 0 <= self.right < len(self.choices):
            raise ExplorerError("The right choice must be one of the choices.")


def _written(text: str, most: int) -> bool:
    """Whether something can be read there: no control characters, and not too long."""
    return len(text.strip()) > 0 and len(text) <= most and text.replace("\n", " ").isprintable()
