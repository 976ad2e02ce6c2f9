"""How long a text may be, asked before anything reads it. Knows nothing of tokens."""

from collections.abc import Sized

from explorer.errors import ExplorerError

MOST = 400
"""Words and marks of the longest text that a translation model is given."""
LONGEST = 10 * MOST
"""Characters of such a text: more than any language needs for so many words."""


def check_length(text: str, most: int = LONGEST) -> None:
    """Refuses a text of too many characters, whatever stands in it, in constant time.

    Raises:
        ExplorerError: There are more than ``most``.
    """
    if len(text) > most:
        raise ExplorerError(
            "The text has {length} characters, and {most} are read at most: shorten it by {over}.",
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
            "This text has {count} words and marks; at most {most} can be read.",
            count=len(tokens),
            most=most,
        )
