"""Cuts English, French and Chinese sentences into tokens, and writes tokens as a sentence again.

What a word is joined to stays visible in its token: ``l'`` and ``qu'`` lean on the next word,
``-tu``, ``-t-il``, ``'s`` and ``n't`` on the one before. Chinese is cut into characters. The
case of letters is left to `explorer.text.casing`.
"""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from itertools import pairwise
from typing import Literal

from explorer.text.pieces import joined

Language = Literal["en", "fr", "zh"]

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
_FOREIGN = r"[0-9A-Za-z\u00c0-\u024f]+"  # a number or a word in a Chinese text
_PATTERNS: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        rf"{_ABBREVIATION}|{_NUMBER}|(?i:{_WHOLE}|\w+?(?=n't(?!\w))|(?<=\w)n't(?!\w)"
        rf"|(?<=\w){_ENDING}|\w+(?:(?!{_ENDING})'\w+|-\w+)*)|{_MARK}"
    ),
    "fr": re.compile(
        rf"{_ABBREVIATION}|{_NUMBER}|(?i:{_ELISION}|(?<=\w){_CLITIC}"
        rf"|\w+(?:'\w+|(?!{_CLITIC})-\w+)*)|{_MARK}"
    ),
    "zh": re.compile(rf"{_FOREIGN}(?:[.,:'-]{_FOREIGN})*|\.{{2,}}|\S"),
}
_FULL_WIDTH = dict(zip(",.?!:;()", "，。？！：；（）", strict=True))

_AFTER_NOTHING = {"(", "[", "“"}
_BEFORE_NOTHING = {".", ",", "...", ")", "]", "”", "%"}
_CURRENCIES = {"$", "€", "£"}


def is_chinese(vocabulary: Container[str]) -> bool:
    """Whether the words or characters of a vocabulary are Chinese: the commonest is among them."""
    return "的" in vocabulary


def tokenise(text: str, language: Language) -> tuple[str, ...]:
    """The words and marks of a sentence, the case of its letters kept; of Chinese the characters.

    Typographic apostrophes and quotation marks become plain ones, control and other invisible
    characters spaces. ``tokenise("Qu'as-tu ?", "fr")`` is ``("Qu'", "as", "-tu", "?")``.
    In Chinese, marks become those of full width, and a number or a word in Latin letters is one
    token.
    """
    plain = unicodedata.normalize("NFC", text).translate(_SPELLING)
    seen = "".join(" " if unicodedata.category(c).startswith("C") else c for c in plain)
    found = _PATTERNS[language].findall(seen)
    return tuple(map(_widened, found)) if language == "zh" else tuple(found)


def detokenise(tokens: Iterable[str], language: Language) -> str:
    """The sentence that the tokens spell: elisions joined, spaces where the language has them.

    French has one before ``? ! ; : »`` and after ``«``, Chinese only between numbers and words in
    Latin letters. Quotation marks are plain ones, in Chinese typographic ones. For tokens that came
    from `tokenise`, the result is cut into the same tokens again. Pieces are joined to words.
    """
    directed = ("", *_directed(joined(tokens)))
    spaced = (
        token if _joined(before, token, language) else f" {token}"
        for before, token in pairwise(directed)
    )
    text = "".join(spaced).strip()
    return text if language == "zh" else text.translate(_SPELLING)


def _widened(token: str) -> str:
    """A mark as a Chinese text has it."""
    return "……" if token.startswith("..") else _FULL_WIDTH.get(token, token)


def _directed(tokens: Iterable[str]) -> Iterator[str]:
    """The tokens, every second plain quotation mark turned into a closing one."""
    opened = False
    for token in tokens:
        if token == '"':
            opened = not opened
            yield "“" if opened else "”"
        else:
            yield token


def _is_foreign(token: str) -> bool:
    return re.match(_FOREIGN, token) is not None


def _joined(before: str, token: str, language: Language) -> bool:
    """Whether there is no space between two neighbours."""
    if language == "zh":
        return not (_is_foreign(before) and _is_foreign(token))
    if before in _AFTER_NOTHING or token in _BEFORE_NOTHING:
        return True
    if language == "en":
        ending = token.startswith("'") or token.lower() == "n't"
        return ending or before in _CURRENCIES or token[0] in "?!;:"
    elided = len(before) > 1 and before.endswith("'")
    return elided or (len(token) > 1 and token.startswith("-"))
