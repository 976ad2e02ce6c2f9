"""Cuts a text into tokens, and shows tokens to a reader."""

from explorer.text.vocabulary import UNKNOWN

#: Signs for what a reader would not see.
_SIGNS = {" ": "␣", "\n": "⏎", "\t": "⇥", UNKNOWN: "\N{REPLACEMENT CHARACTER}"}


def characters(text: str) -> tuple[str, ...]:
    """Every character of ``text`` as a token: case, punctuation and newlines are kept."""
    return tuple(text)


def visible(token: str) -> str:
    """A token as a reader can see it: blanks, line ends and the unknown by a sign of their own."""
    return _SIGNS.get(token, token)
