"""Cuts English and French sentences into words, and writes words as a sentence again.

What a word is joined to stays visible in its token: ``l'`` and ``qu'`` lean on the next word,
``-tu``, ``-t-il``, ``'s`` and ``n't`` on the one before. Knows nothing of vocabularies, and
leaves the case of letters to `explorer.text.casing`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Literal

Language = Literal["en", "fr"]

_SPELLING = str.maketrans({**dict.fromkeys("’‘ʼ", "'"), **dict.fromkeys("“”„", '"'), "…": "..."})

_ABBREVIATION = r"(?<!\w)(?:(?:[^\W\d_]\.){2,}|(?:Mr|Mrs|Ms|Dr|St|Prof|Mme|Mlle|M)\.(?=\s\w))"
_NUMBER = r"(?<!\w)\d+(?:[.,:]\d+)+(?!\w)"
_MARK = r"[?!]+|\.{2,}|\S"
_ENDING = r"'(?:s|m|re|ve|ll|d)(?!\w)"
_WHOLE = r"(?<!\w)(?:can't|won't|shan't|ain't)(?!\w)"  # what is before n't is no word
_ELISION = r"(?<!\w)(?:[cdjlmnstz]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=\w)"
_LIGHT = (
    r"(?:t-(?:ils?|elles?|on)|je|tu|ils?|elles?|on|nous|vous|ce|l[ae]|les|lui|leur"
    r"|moi|toi|y|en|ci|là)(?!\w)"
)
_CLITIC = rf"-(?:{_LIGHT}(?!-(?!{_LIGHT})\w)|[tm]'(?=\w))"  # not the middle of arc-en-ciel
_PATTERNS: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        rf"{_ABBREVIATION}|{_NUMBER}|(?i:{_WHOLE}|\w+?(?=n't(?!\w))|(?<=\w)n't(?!\w)"
        rf"|(?<=\w){_ENDING}|\w+(?:(?!{_ENDING})'\w+|-\w+)*)|{_MARK}"
    ),
    "fr": re.compile(
        rf"{_ABBREVIATION}|{_NUMBER}|(?i:{_ELISION}|(?<=\w){_CLITIC}"
        rf"|\w+(?:'\w+|(?!{_CLITIC})-\w+)*)|{_MARK}"
    ),
}

_AFTER_NOTHING = {"(", "[", "“"}
_BEFORE_NOTHING = {".", ",", "...", ")", "]", "”", "%"}
_CURRENCIES = {"$", "€", "£"}


def tokenise(text: str, language: Language) -> tuple[str, ...]:
    """The words and marks of a sentence, the case of its letters kept.

    Typographic apostrophes and quotation marks become plain ones, control and other invisible
    characters spaces. ``tokenise("Qu'as-tu ?", "fr")`` is ``("Qu'", "as", "-tu", "?")``.
    """
    plain = unicodedata.normalize("NFC", text).translate(_SPELLING)
    seen = "".join(" " if unicodedata.category(c).startswith("C") else c for c in plain)
    return tuple(_PATTERNS[language].findall(seen))


def detokenise(tokens: Iterable[str], language: Language) -> str:
    """The sentence that the tokens spell: elisions joined, spaces where the language has them.

    French has one before ``? ! ; : »`` and after ``«``. For tokens that came from `tokenise`, the
    result is cut into the same tokens again.
    """
    directed = ("", *_directed(tokens))
    spaced = (
        token if _joined(before, token, language) else f" {token}"
        for before, token in pairwise(directed)
    )
    return "".join(spaced).strip().translate(_SPELLING)


def _directed(tokens: Iterable[str]) -> Iterator[str]:
    """The tokens, every second plain quotation mark turned into a closing one."""
    opened = False
    for token in tokens:
        if token == '"':
            opened = not opened
            yield "“" if opened else "”"
        else:
            yield token


def _joined(before: str, token: str, language: Language) -> bool:
    """Whether there is no space between two neighbours."""
    if before in _AFTER_NOTHING or token in _BEFORE_NOTHING:
        return True
    if language == "en":
        ending = token.startswith("'") or token.lower() == "n't"
        return ending or before in _CURRENCIES or token[0] in "?!;:"
    elided = len(before) > 1 and before.endswith("'")
    return elided or (len(token) > 1 and token.startswith("-"))
