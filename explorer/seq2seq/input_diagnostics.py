"""Diagnostics of a source sentence: what is worth saying before it is translated.

Each remark is a value of its own kind with what it is about; none of them keeps a sentence from
being translated but `Empty` and `TooLong`, which `read_source` refuses.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from explorer.seq2seq.translator import Translator
from explorer.text.casing import truecase
from explorer.text.copying import hide
from explorer.text.limits import MOST
from explorer.text.pairs import LONGEST, normalised
from explorer.text.pieces import spelled
from explorer.text.words import tokenise

Script = Literal[
    "Arabic",
    "Chinese",
    "Cyrillic",
    "Greek",
    "Hebrew",
    "Indic",
    "Japanese",
    "Korean",
    "Thai",
    "other",
]
_SCRIPTS: dict[str, Script] = {
    "ARABIC": "Arabic",
    "CJK": "Chinese",
    "CYRILLIC": "Cyrillic",
    "GREEK": "Greek",
    "HEBREW": "Hebrew",
    "DEVANAGARI": "Indic",
    "BENGALI": "Indic",
    "TAMIL": "Indic",
    "TELUGU": "Indic",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "THAI": "Thai",
}
_EMOJI = ((0x2600, 0x27BF), (0x2B00, 0x2BFF), (0x1F000, 0x1FAFF))
_SPACES = "\t\n\v\f\r"
_JOINER = "\u200d"  # between the parts of one picture
_VARIANTS = dict.fromkeys((*range(0xFE00, 0xFE10), *range(0x1F3FB, 0x1F400)))
"""They choose how a picture is drawn, and would be words of their own."""


@dataclass(frozen=True)
class Control:
    """An invisible character: where it is in the text, and its code point, as ``U+200B``."""

    place: int
    code: str


@dataclass(frozen=True)
class Controls:
    """Characters that are read as spaces, since nothing can be seen of them."""

    found: tuple[Control, ...]


@dataclass(frozen=True)
class Empty:
    """There is neither word nor mark."""


@dataclass(frozen=True)
class TooLong:
    """There are more tokens than are read at all: ``most``."""

    count: int
    most: int


@dataclass(frozen=True)
class Long:
    """There are more words than in any sentence that the model was measured on: ``measured``.

    Hardly any sentence that it was trained on is as long.
    """

    count: int
    measured: int


@dataclass(frozen=True)
class NoWords:
    """There are marks alone."""


@dataclass(frozen=True)
class OtherScript:
    """Letters of scripts that are not Latin, the most frequent script first."""

    scripts: tuple[Script, ...]


@dataclass(frozen=True)
class RightToLeft:
    """There are letters that are written from right to left; they are read in the order typed."""


@dataclass(frozen=True)
class Emoji:
    """Pictures, each of them once."""

    found: tuple[str, ...]


@dataclass(frozen=True)
class LooksFrench:
    """The model knows more of the words as French than as English, and at least half of them."""


@dataclass(frozen=True)
class OtherLanguage:
    """More than half of the words are unknown to the model: it may be another language."""


@dataclass(frozen=True)
class OnlyUnknown:
    """The model knows none of the words, and reads all of them as ``<unk>``."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Unknown:
    """Words that the model reads as ``<unk>``, each of them once."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Copied:
    """Names and numbers that the model does not know and may copy, each of them once."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Pieced:
    """Words that the model reads in pieces, each of them once, with its pieces."""

    words: tuple[tuple[str, tuple[str, ...]], ...]


Diagnostic = (
    Controls
    | Empty
    | TooLong
    | Long
    | NoWords
    | OtherScript
    | RightToLeft
    | Emoji
    | LooksFrench
    | OtherLanguage
    | OnlyUnknown
    | Unknown
    | Copied
    | Pieced
)


def clean(text: str) -> str:
    """The text with a space for every character that cannot be seen, as the model reads it.

    Variants of pictures, such as the colours of a hand, become the picture itself.
    """
    seen = "".join(" " if _unseen(character) else character for character in text)
    return seen.translate(_VARIANTS)


def diagnose(translator: Translator, text: str) -> tuple[Diagnostic, ...]:
    """All that there is to say about a source sentence, in the order in which it is best said.

    Args:
        translator: The model that will read it.
        text: As it was typed.
    """
    cleaned = clean(text)
    tokens = translator.read(cleaned)
    controls = tuple(_controls(text))
    found: list[Diagnostic] = [Controls(controls)] if controls else []
    if not tokens:
        return (*found, Empty())
    if len(tokens) > MOST:
        return (*found, TooLong(len(tokens), MOST))
    return (*found, *_length(cleaned), *_letters(cleaned), *_words(translator, cleaned, tokens))


def _unseen(character: str) -> bool:
    """Whether it is a control, format, surrogate, private or unassigned character."""
    return unicodedata.category(character).startswith("C")


def _controls(text: str) -> Iterator[Control]:
    for place, character in enumerate(text):
        joins = character == _JOINER and _ends_picture(text[max(0, place - 1) : place])
        if _unseen(character) and character not in _SPACES and not joins:
            yield Control(place, f"U+{ord(character):04X}")


def _length(text: str) -> Iterator[Diagnostic]:
    count = len(normalised(text).split())  # as the sentences were counted that it was measured on
    if count == 0:
        yield NoWords()
    if count > LONGEST:
        yield Long(count, LONGEST)


def _letters(text: str) -> Iterator[Diagnostic]:
    scripts = [_script(character) for character in text if character.isalpha()]
    others = [script for script in scripts if script is not None]
    if others:
        yield OtherScript(tuple(sorted(set(others), key=lambda s: (-others.count(s), s))))
    if any(unicodedata.bidirectional(character) in ("R", "AL") for character in text):
        yield RightToLeft()
    pictures = _once(filter(_pictured, text))
    if pictures:
        yield Emoji(pictures)


def _ends_picture(text: str) -> bool:
    return bool(text) and (_pictured(text[-1]) or ord(text[-1]) in _VARIANTS)


def _pictured(character: str) -> bool:
    return any(low <= ord(character) <= high for low, high in _EMOJI)


def _script(letter: str) -> Script | None:
    """The script of a letter, none if it is Latin; ``ﬁ`` and ``Ａ`` are."""
    plain = unicodedata.normalize("NFKC", letter)[0]
    name = unicodedata.name(plain, "").replace("-", " ").split(" ")[0]
    return None if name == "LATIN" else _SCRIPTS.get(name, "other")


def _words(translator: Translator, text: str, tokens: tuple[str, ...]) -> Iterator[Diagnostic]:
    known = translator.source
    hidden = hide(tokens, known)
    copied = _once(t for t, seen in zip(tokens, hidden, strict=True) if t != seen)
    words = [word for word in translator.words(text) if word not in copied]
    pieces = {word: spelled((word,), known) for word in words}
    cut = {word: parts for word, parts in pieces.items() if len(parts) > 1}
    left = [word for word in words if word not in cut]
    unknown = known.unknown(left)
    yield from _language(translator, text, words)
    if unknown and not copied and not any(t in translator.source for t in left if _is_word(t)):
        yield OnlyUnknown(unknown) if any(map(_is_word, unknown)) else Unknown(unknown)
    elif unknown:
        yield Unknown(unknown)
    if cut:
        yield Pieced(tuple(cut.items()))
    if copied:
        yield Copied(copied)


def _language(translator: Translator, text: str, left: Sequence[str]) -> Iterator[Diagnostic]:
    """What the words that cannot be copied, ``left``, tell of the language."""
    english = [token in translator.source for token in left if _is_word(token)]
    if english and _looks_french(translator, text, beside=_share(english)):
        yield LooksFrench()
    elif (
        len(english) > 1
        and _share(english) < 0.5
        and not any(map(_script, filter(str.isalpha, text)))
    ):
        yield OtherLanguage()


def _looks_french(translator: Translator, text: str, *, beside: float) -> bool:
    """Whether a model that writes French knows more than the share ``beside`` of it as French."""
    if translator.language != "fr":
        return False
    target = translator.target
    words = truecase(tokenise(text, "fr"), target, small=target.pieced)
    french = _share([token in target for token in words if _is_word(token)])
    return french >= 0.5 and french > beside


def _share(known: Sequence[bool]) -> float:
    return sum(known) / max(1, len(known))


def _is_word(token: str) -> bool:
    return any(character.isalnum() for character in token)


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
