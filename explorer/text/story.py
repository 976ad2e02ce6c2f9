"""A story of our own, with what a reader knows at each of its characters.

Written for the models that read *The Time Machine*: in its manner, line length, quotation marks and
characters. Six scenes open it; nine chapters tell how they belong together, with dialogue, lists,
letters, verse and long sentences. It lies beside this file, and so does another one in Chinese, for
the models that read Lu Xun: of a river and those who cross it, a paragraph a line.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from types import MappingProxyType

_FILE, _CHINESE = "story.txt", "story_zh.txt"
_SCENES = 6
_OPEN, _CLOSE, _QUOTE = "‘", "’", "'"
_COUNTED = 5  # letters of a word that are told apart; the last stands for more, too
_COLUMNS = 13  # so many characters of a line are one group


@dataclass(frozen=True)
class Part:
    """A paragraph as a model reads it.

    Attributes:
        text: N characters, with the one sign that the book has for both quotation marks.
        labels: By property, what is so once a character has been read, N of them; None where the
            property has no meaning. ``letter``: how many letters of the word have been read.
            ``word end``: whether it was the word's last, which only the next character shows.
            ``column``: how far into the line. ``quotation``: whether inside quotation marks.
    """

    text: str
    labels: Mapping[str, Sequence[str | None]]


#: From what a character or two decide to what lies longest ago.
PROPERTIES = ("letter", "word end", "column", "quotation")


@cache
def story() -> tuple[Part, ...]:
    """All paragraphs."""
    return tuple(labelled(part) for part in _read(_FILE).strip("\n").split("\n\n"))


@cache
def chinese_story() -> str:
    """All of the Chinese one."""
    return _read(_CHINESE)


def scenes() -> tuple[Part, ...]:
    """The paragraphs that open it, as long as each other, each with speech: what is measured on."""
    return story()[:_SCENES]


def labelled(written: str) -> Part:
    """A paragraph in which ‘ opens and ’ closes, and no apostrophe is written so."""
    text = written.replace(_OPEN, _QUOTE).replace(_CLOSE, _QUOTE)
    counts = list(accumulate(text, lambda n, c: n + 1 if c.isalpha() else 0, initial=0))[1:]
    follows = [*map(str.isalpha, text[1:]), False]
    labels: dict[str, Sequence[str | None]] = {
        "letter": [str(min(n, _COUNTED)) if n else None for n in counts],
        "word end": [
            None if n == 0 else "no" if more else "yes"
            for n, more in zip(counts, follows, strict=True)
        ],
        "column": [str(n // _COLUMNS) for n in _columns(text)],
        "quotation": list(_quoted(written)),
    }
    return Part(text, MappingProxyType({name: tuple(labels[name]) for name in PROPERTIES}))


def _read(file: str) -> str:
    return files("explorer.text").joinpath(file).read_text(encoding="utf-8")


def _columns(text: str) -> Iterator[int]:
    """How many characters of its line stand before each character."""
    for line in text.splitlines(keepends=True):
        yield from range(len(line))


def _quoted(written: str) -> Iterator[str | None]:
    """Whether each character is inside; the marks themselves are neither in nor out."""
    inside = "no"
    for character in written:
        if character in (_OPEN, _CLOSE):
            inside = "yes" if character == _OPEN else "no"
            yield None
        else:
            yield inside
