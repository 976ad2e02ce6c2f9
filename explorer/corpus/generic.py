"""Cuts a text of any language into words, by its characters alone.

Scripts that are written without spaces (Chinese characters, kana, Thai, Lao, Khmer, Burmese) are
cut into single characters; all others at spaces and marks. Signs that belong to the letter before
them stay with it, and so do the parts of an emoji. The rules of
English and French are in `explorer.text.words`.
"""

import re
import unicodedata
from functools import lru_cache

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff]"
)
_JOINERS = "\u200c\u200d"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_INNER = "'’-"  # within a word, as in aujourd'hui and arc-en-ciel
_DECIMAL = ".,"  # within a number


def tokenise(text: str) -> tuple[str, ...]:
    """The words and marks of a text; no blanks. ``tokenise("我 said no!")`` has four."""
    return tuple(token for chunk in text.split() for token in _cut(chunk))


@lru_cache(maxsize=1 << 16)
def _cut(chunk: str) -> tuple[str, ...]:
    tokens: list[str] = []
    for place, character in enumerate(chunk):
        if tokens and _belongs(tokens[-1], character, chunk[place + 1 : place + 2]):
            tokens[-1] += character
        else:
            tokens.append(character)
    return tuple(tokens)


def _belongs(token: str, character: str, following: str) -> bool:
    """Whether a character goes on with the token before it."""
    if _attached(character):
        return True
    if not _of_word(token[0]):
        return token[-1] == _JOINERS[1]  # an emoji of several
    if character in _INNER:
        return _of_word(following)
    if character in _DECIMAL:
        return token[-1].isdigit() and following.isdigit()
    return _of_word(character)


def _attached(character: str) -> bool:
    """Whether a character is a sign on the one before it: an accent, a vowel sign, a skin tone."""
    if character.isascii():
        return False
    return (
        unicodedata.category(character).startswith("M")
        or character in _JOINERS
        or ord(character) in _SKIN_TONES
    )


def _of_word(character: str) -> bool:
    return character.isalnum() and not _UNSPACED.match(character)
