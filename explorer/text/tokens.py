"""Cuts a text into tokens, and shows tokens to a reader."""

import unicodedata

from explorer.text.vocabulary import JOINER, UNKNOWN

#: Signs for what a reader would not see.
_SIGNS = {" ": "␣", "\n": "⏎", "\t": "⇥", UNKNOWN: "\N{REPLACEMENT CHARACTER}"}
_UNSEEN = {"Cc", "Cf", "Zl", "Zp"}
"""Unicode's categories of controls, of marks that join or turn others, and of separators."""

GOES_ON = "·"
"""Stands on each side of a piece on which its word goes on."""


def characters(text: str) -> tuple[str, ...]:
    """Every character of ``text`` as a token: case, punctuation and newlines are kept."""
    return tuple(text)


def visible(token: str) -> str:
    """A token as a reader can see it: blanks, line ends and the unknown by a sign of their own.

    A piece of a word has a dot on each side on which the word goes on: ``bo·``, ``·n·``, ``·d``.
    What else is not seen, or turns what stands around it, is its code point: ``U+202E``.
    """
    if len(token) > 1 and JOINER in (token[0], token[-1]):
        before, behind = token.startswith(JOINER), token.endswith(JOINER)
        return f"{GOES_ON * before}{token[before : len(token) - behind]}{GOES_ON * behind}"
    if token in _SIGNS:
        return _SIGNS[token]
    unseen = len(token) == 1 and unicodedata.category(token) in _UNSEEN
    return f"U+{ord(token):04X}" if unseen else token
