"""Sentence pairs from whatever a reader brings: what cannot be read is passed over and named.

Stricter reading, where one bad line refuses the file, is `explorer.text.pairs`.
"""

import codecs
import math
import re
import unicodedata
from dataclasses import dataclass

from explorer.errors import ExplorerError
from explorer.text.limits import check_length

MOST_BYTES = 5 * 1024 * 1024
"""Of a file, whatever its encoding; so a text has no more characters."""
LONGEST = 2000
"""Characters of a sentence; a longer one is passed over with its line."""
TYPED = "|||"
"""What may stand for a tab, which few keyboards can write into a form."""

_BOMS = {  # UTF-32 first: its little-endian mark begins like UTF-16's
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")


@dataclass(frozen=True)
class Pairs:
    """Sentences and their translations, N of each, and which lines (from 1) had something wrong.

    Attributes:
        sources: The sentences.
        targets: Their translations.
        without_tab: Lines passed over because they have one column.
        without_side: Lines passed over because a sentence or its translation is empty.
        too_long: Lines passed over because a side has more than LONGEST characters.
        more_columns: Lines of which only the first two columns were read.
        controls: Lines in which control characters were read as spaces.
    """

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    without_tab: tuple[int, ...] = ()
    without_side: tuple[int, ...] = ()
    too_long: tuple[int, ...] = ()
    more_columns: tuple[int, ...] = ()
    controls: tuple[int, ...] = ()


def decode(content: bytes) -> str:
    """The text of a file: UTF-8, or UTF-16 or UTF-32 where it begins with a byte order mark.

    Raises:
        ExplorerError: The file is too large, or has bytes that are no text in its encoding.
    """
    _check_size(len(content))
    encoding = next((name for mark, name in _BOMS.items() if content.startswith(mark)), "utf-8-sig")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ExplorerError(
            "Byte {byte} of the file (line {line}) is not valid {encoding}; save the file as "
            "UTF-8 and try again.",
            byte=error.start + 1,
            line=content.count(b"\n", 0, error.start) + 1,
            encoding=encoding.removesuffix("-sig").upper(),
        ) from None


def parse(text: str, *, most: int | None = MOST_BYTES) -> Pairs:
    """The pairs of a text: a line is a sentence, a tab (or ``|||``) and its translation.

    Args:
        text: The lines; blank ones are passed over in silence.
        most: Characters that the text may have, or None for any number.

    Raises:
        ExplorerError: The text is too large, or no line of it is a pair.
    """
    if most is not None:
        check_length(text, most)
    found: dict[str, list[int]] = {}
    pairs: list[tuple[str, str]] = []
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        if line.strip():
            pair, wrong = _read(line)
            pairs += [pair] if pair else []
            for what in wrong:
                found.setdefault(what, []).append(number)
    _check_pairs(pairs, found)
    sources, targets = zip(*pairs, strict=True)
    return Pairs(sources, targets, **{what: tuple(lines) for what, lines in found.items()})


def clean(text: str) -> str:
    """The text in composed characters, control characters as spaces, no invisible ones.

    The joiners that shape words and emoji (U+200C, U+200D) stay.
    """
    visible = _INVISIBLE.sub("", _CONTROLS.sub(" ", text))
    return unicodedata.normalize("NFC", visible).strip()


def _read(line: str) -> tuple[tuple[str, str] | None, list[str]]:
    """The pair of a line, if it is one, and what is wrong with the line."""
    columns = [clean(column) for column in line.split("\t" if "\t" in line else TYPED)]
    wrong = ["controls"] if _CONTROLS.search(line) else []
    if len(columns) < 2:
        return None, ["without_tab"]
    source, target = columns[:2]
    if not source or not target:
        return None, ["without_side"]
    if max(len(source), len(target)) > LONGEST:
        return None, ["too_long"]
    return (source, target), wrong + ["more_columns"] * (len(columns) > 2)


def _check_size(size: int) -> None:
    if size > MOST_BYTES:
        raise ExplorerError(
            "The file has {size} MB; this page reads at most {most} MB.",
            size=f"{math.ceil(size / 2**20 * 100) / 100:.2f}",
            most=MOST_BYTES // 2**20,
        )


def _check_pairs(pairs: list[tuple[str, str]], found: dict[str, list[int]]) -> None:
    if pairs:
        return
    if not found:
        raise ExplorerError("There are no sentence pairs yet: paste some, one pair per line.")
    if set(found) <= {"without_tab", "controls"}:
        raise ExplorerError(
            "No line contains a tab, so there is only one language. Each line needs a "
            "sentence, a tab and its translation. Save a comma- or semicolon-separated table "
            "as tab-separated text.",
        )
    raise ExplorerError(
        "No line is a sentence pair; the first problem is in line {line}.",
        line=min(lines[0] for lines in found.values()),
    )
