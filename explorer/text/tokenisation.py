"""How a text becomes tokens for a model of the reader's own, and tokens a text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["characters", "words", "numbers"]

_PARTS: dict[Kind, re.Pattern[str]] = {
    "words": re.compile(r"\S+"),
    "numbers": re.compile(r"[^\s,;]+"),
}


@dataclass(frozen=True)
class Tokenisation:
    """What a token of a text is.

    Attributes:
        kind: Every character, what stands between blanks, or numbers between blanks or commas.
        unknown: The token that stands for every one that is not in the vocabulary, if any does.
        begin: The token that a model reads before the first, if it was trained so.
        end: The token that ends what a model writes, if it has one.
    """

    kind: Kind = "characters"
    unknown: str | None = None
    begin: str | None = None
    end: str | None = None

    def read(self, text: str) -> tuple[str, ...]:
        """The tokens of a text, behind the one that stands before the first; none of no text."""
        tokens = self.split(text)
        return (self.begin, *tokens) if self.begin and tokens else tokens

    def split(self, text: str) -> tuple[str, ...]:
        """The tokens of a text, and nothing before them."""
        pattern = _PARTS.get(self.kind)
        return tuple(pattern.findall(text)) if pattern else tuple(text)

    def join(self, tokens: Iterable[str], *, after: str = "") -> str:
        """Tokens as text, behind a text."""
        if self.kind == "characters":
            return after + "".join(tokens)
        return " ".join([*([after.rstrip()] if after.strip() else []), *tokens])

    def cut(self, text: str, count: int) -> str:
        """The beginning of a text that is read as ``count`` tokens."""
        count -= self.begin is not None
        pattern = _PARTS.get(self.kind)
        if pattern is None:
            return text[:count]
        ends = [found.end() for found in pattern.finditer(text)]
        return text[: ends[min(count, len(ends)) - 1]] if ends and count > 0 else ""
