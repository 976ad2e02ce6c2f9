"""How short and how long a text may be, asked before anything reads it. Brings in no torch."""

from collections.abc import Sized

from explorer.errors import ExplorerError

MOST = 400
"""Words and marks of the longest text that a translation model is given."""
LONGEST = 10 * MOST
"""Characters of such a text: more than any language needs for so many words."""
LEARNABLE = 500
"""Characters of the shortest text that something can be learned from."""


def check_length(text: str, most: int = LONGEST) -> None:
    """Refuses a text of too many characters, whatever stands in it, in constant time.

    Raises:
        ExplorerError: There are more than ``most``.
    """
    if len(text) > most:
        raise ExplorerError(
            "The text has {length} characters; the limit is {most}: shorten it by {over}.",
            length=len(text),
            most=most,
            over=len(text) - most,
        )


def check_tokens(tokens: Sized, most: int = MOST) -> None:
    """Refuses a text of too many tokens.

    Raises:
        ExplorerError: There are more than ``most``.
    """
    if len(tokens) > most:
        raise ExplorerError(
            "This text has {count} words and punctuation marks; the limit is {most}.",
            count=len(tokens),
            most=most,
        )


def check_pieces(tokens: Sized, most: int = MOST) -> None:
    """Refuses a text that becomes too many tokens where rare words are cut.

    Raises:
        ExplorerError: There are more than ``most``.
    """
    if len(tokens) > most:
        raise ExplorerError(
            "This text becomes {count} tokens, its rare words cut into pieces; the limit is "
            "{most}.",
            count=len(tokens),
            most=most,
        )


def check_some_characters(text: str) -> None:
    """Refuses a text without characters.

    Raises:
        ExplorerError: It is empty.
    """
    if not text:
        raise ExplorerError("There is no text to read: type at least one character.")


def check_some_tokens(tokens: Sized) -> None:
    """Refuses a text without tokens.

    Raises:
        ExplorerError: There are none.
    """
    if not tokens:
        raise ExplorerError("There are no words here: type a sentence.")


def check_learnable(text: str) -> None:
    """Refuses a text that nothing can be learned from.

    Raises:
        ExplorerError: It is shorter than `LEARNABLE`.
    """
    if len(text) < LEARNABLE:
        raise ExplorerError(
            "The text has {length} characters; training on it takes at least {shortest}.",
            length=len(text),
            shortest=LEARNABLE,
        )
