"""The texts of an analysis: which passages units are chosen by, and which they are measured on."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from explorer.errors import ExplorerError
from explorer.text.files import read_text
from explorer.unit_analysis.passages import (
    LENGTH,
    SENTENCES,
    SHORTEST,
    Passage,
    Piece,
    passages_of,
    passages_of_pairs,
)

Text = str | Path


@dataclass(frozen=True)
class Corpus:
    """Texts, or the files that hold them; they are read anew for each pass.

    Attributes:
        texts: Texts, or paths of files.
        held_out: Those that units are measured on. Without any, every other passage of the texts
            is measured on and not chosen by.
        pairs: Whether a line of a text is a sentence pair; else it is text.
        length: Characters of a passage, or pairs; the usual number unless given.
    """

    texts: tuple[Text, ...]
    held_out: tuple[Text, ...] = ()
    pairs: bool = False
    length: int | None = None

    def chosen_by(self) -> Iterator[Passage]:
        """The passages that units are chosen by."""
        found = self._passages(self.texts, first=0)
        return found if self.held_out else (one for one in found if not one.measured)

    def measured_on(self) -> Iterator[Passage]:
        """The passages that they are measured on, numbered among themselves.

        Texts that are held out are numbered after the others.
        """
        if self.held_out:
            return self._passages(self.held_out, first=len(self.texts))
        measured = (one for one in self._passages(self.texts, first=0) if one.measured)
        return (Passage(number, one.pieces) for number, one in enumerate(measured))

    def everything(self) -> Iterator[Passage]:
        """All passages."""
        return chain(self.chosen_by(), self.measured_on())

    def check(self) -> None:
        """Whether there is something to choose by and something to measure on.

        Raises:
            ExplorerError: There is not.
        """
        for some in (self.chosen_by, self.measured_on):
            if next(some(), None) is None:
                raise ExplorerError(
                    "There is too little text: units are chosen by some paragraphs and measured on "
                    "others, so give at least two, or other text to measure on."
                )

    def _passages(self, texts: Sequence[Text], *, first: int) -> Iterator[Passage]:
        contents: Iterator[str] = (
            read_text(text) if isinstance(text, Path) else text for text in texts
        )
        cut: Callable[..., Iterator[Passage]] = passages_of
        if self.pairs:
            cut, contents = passages_of_pairs, chain.from_iterable(map(str.splitlines, contents))
        return (_numbered(one, first) for one in cut(contents, length=self._length))

    @property
    def _length(self) -> int:
        """That of a passage: of a short text shorter, so that there are some forty of it."""
        if self.length is not None:
            return self.length
        if self.pairs:
            return SENTENCES
        return max(SHORTEST, min(LENGTH, sum(map(_size, self.texts)) // 40))


def _size(text: Text) -> int:
    """About how many characters a text has; that of a missing file is told when it is read."""
    if isinstance(text, Path):
        return text.stat().st_size if text.exists() else 0
    return len(text)


def _numbered(passage: Passage, first: int) -> Passage:
    pieces = (Piece(one.text + first, one.start, one.content) for one in passage.pieces)
    return Passage(passage.number, tuple(pieces)) if first else passage


def listed(given: Sequence[Text] | Text) -> tuple[Text, ...]:
    """One text or several, as several."""
    return (given,) if isinstance(given, str | Path) else tuple(given)
