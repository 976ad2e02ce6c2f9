"""A sentence with one word blanked, as a reader types it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from explorer.errors import ExplorerError
from explorer.text.limits import check_length
from explorer.text.words import tokenise

BLANK = "___"
MOST = 60
"""Words and marks of a sentence; the models have hardly seen longer ones than 20."""

_BLANK = re.compile("_{2,}")
_ENDS = (".", "?", "!", "...")


@dataclass(frozen=True)
class Sentence:
    """Words and marks, and which of them is the blank.

    Attributes:
        tokens: All of them, the end mark included; `BLANK` at the blank that was typed as such.
        blank: The place of the blank; None where there is none.
        ended: Whether the text had an end mark of its own. Without one it was given a full stop:
            in training every sentence had one, so all that a model would expect in front of a
            bare end is the mark.
    """

    tokens: tuple[str, ...]
    blank: int | None
    ended: bool

    @property
    def answer(self) -> str | None:
        """The word that is blanked, where it is known."""
        if self.blank is None or self.tokens[self.blank] == BLANK:
            return None
        return self.tokens[self.blank]


def read(text: str, place: int | None = None) -> Sentence:
    """The sentence of a text.

    Args:
        text: As typed; two or more ``_`` are a blank.
        place: The word to blank instead, by its number; ignored where there is none.

    Raises:
        ExplorerError: There is no word, the text is too long, or it has several blanks.
    """
    check_length(text)
    tokens = tokenise(_BLANK.sub(f" {BLANK} ", text), "en")
    typed = [at for at, token in enumerate(tokens) if token == BLANK]
    if not tokens:
        raise ExplorerError("Type an English sentence.")
    if len(tokens) > MOST:
        raise ExplorerError(
            "The sentence has {count} words and punctuation marks; the limit is {most}.",
            count=len(tokens),
            most=MOST,
        )
    if len(typed) > 1:
        raise ExplorerError(
            "There are {count} blanks; leave only one: the models fill in one word.",
            count=len(typed),
        )
    ended = tokens[-1] in _ENDS or tokens[-1][0] in "?!."
    if place is not None and 0 <= place < len(tokens):
        typed = [place]
    return Sentence(tokens if ended else (*tokens, "."), typed[0] if typed else None, ended)


def shortened(tokens: Sequence[str], blank: int) -> list[tuple[str, ...]]:
    """The sentence with ever more words behind the blank: none, one, … and at last all of it.

    Each ends with the sentence's own end mark, and none with two marks.
    """
    *words, mark = tokens
    if blank == len(words):  # the mark itself is blanked
        return [tuple(tokens)]
    ends = [end for end in range(blank + 1, len(words)) if end == blank + 1 or _is_word(words, end)]
    return [*((*words[:end], mark) for end in ends), tuple(tokens)]


def _is_word(words: Sequence[str], end: int) -> bool:
    return any(character.isalnum() for character in words[end - 1])
