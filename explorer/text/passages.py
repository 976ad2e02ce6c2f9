"""A text cut into passages, some of them held out."""

from dataclasses import dataclass
from itertools import pairwise

from explorer.errors import ExplorerError

PASSAGES = 100
_GROUP, _VALIDATION, _TEST = 20, 5, 15  # the sixth of every twenty passages, and the sixteenth


@dataclass(frozen=True)
class Parts:
    """A text to learn from, and passages to choose by and to measure on."""

    training: str
    validation: tuple[str, ...]
    test: tuple[str, ...]


def passages(text: str) -> tuple[str, ...]:
    """`PASSAGES` passages of about one length, each from the start of a line to the end of one.

    Raises:
        ExplorerError: The lines are too few or too long for that.
    """
    ends = [text.find("\n", len(text) * n // PASSAGES) + 1 for n in range(1, PASSAGES)]
    cuts = [0, *ends, len(text)]
    found = tuple(text[start:end] for start, end in pairwise(cuts))
    if not all(found):
        raise ExplorerError(
            "The text needs more lines: it is split into {count} passages at line ends.",
            count=PASSAGES,
        )
    return found


def parts(text: str) -> Parts:
    """The text without the passages held out: a twentieth for validation, as much for the test.

    They are spread evenly over the text, so that all its works are among them.

    Raises:
        ExplorerError: The lines are too few or too long for that.
    """
    places = [(n % _GROUP, passage) for n, passage in enumerate(passages(text))]
    held_out = (_VALIDATION, _TEST)
    return Parts(
        training="".join(passage for place, passage in places if place not in held_out),
        validation=tuple(passage for place, passage in places if place == _VALIDATION),
        test=tuple(passage for place, passage in places if place == _TEST),
    )
