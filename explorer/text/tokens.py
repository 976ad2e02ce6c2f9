"""Cuts a text into tokens, and shows tokens to a reader."""

from explorer.text.vocabulary import JOINER, UNKNOWN

#: Signs for what a reader would not see.
_SIGNS = {" ": "␣", "\n": "⏎", "\t": "⇥", UNKNOWN: "\N{REPLACEMENT CHARACTER}"}


GOES_ON = "·"
"""Stands on each side of a piece on which its word goes on."""


def characters(text: str) -> tuple[str, ...]:
    """Every character of ``text`` as a token: case, punctuation and newlines are kept."""
    return tuple(text)


def visible(token: str) -> str:
    """A token as a reader can see it: blanks, line ends and the unknown by a sign of their own.

    A piece of a word has a dot on each side on which the word goes on: ``bo·``, ``·n·``, ``·d``.
    """
    if len(token) > 1 and JOINER in (token[0], token[-1]):
        before, behind = token.startswith(JOINER), token.endswith(JOINER)
        return f"{GOES_ON * before}{token[before : len(token) - behind]}{GOES_ON * behind}"
    return _SIGNS.get(token, token)
