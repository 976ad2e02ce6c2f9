"""One side of a minibatch as a matrix: a row a sentence, a column a step, padding visibly empty.

Tokens reach the browser as data and enter the page as text, never as markup.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from explorer.web.kit.component import component
from explorer.web.kit.i18n import _

#: What stands at a place: a word, a rare one that a model cannot read, the sentence's end, nothing.
Kind = Literal["word", "unknown", "end", "padding"]


@dataclass(frozen=True)
class Place:
    """A place of the matrix.

    Attributes:
        kind: What stands there.
        text: What is to be read there.
        word: The rare word itself, where the text does not say it.
    """

    kind: Kind
    text: str
    word: str = ""


@dataclass(frozen=True)
class Line:
    """A row of the matrix.

    Attributes:
        places: One a step.
        valid: The valid length.
        lost: Tokens that were cut off.
    """

    places: Sequence[Place]
    valid: int
    lost: int


def matrix(lines: Sequence[Line], *, name: str, colour: str, key: str) -> None:
    """Draws one side of a minibatch.

    Args:
        lines: Its rows, B of them, each with T places.
        name: What the side is called, in the reader's language.
        colour: Of the side, a hexadecimal CSS colour.
        key: The component's key.
    """
    rows = [asdict(line) for line in lines]
    labels = _labels()
    _component(
        key=key,
        data={"lines": rows, "name": name, "colour": colour, "labels": labels},
    )


def _labels() -> Mapping[str, str]:
    return {
        "row": _("sentence"),
        "valid": _("valid length"),
        "lost": _("truncated"),
        "padding": _("padding"),
        "unknown": _("rare, read as unknown"),
    }


_component = component("minibatch", beside=__file__)
