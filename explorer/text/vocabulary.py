"""Numbers for tokens and back."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from explorer.errors import ExplorerError
from explorer.text.tokenisation import Tokenisation

UNKNOWN = "<unk>"
PAD, BOS, EOS = "<pad>", "<bos>", "<eos>"
"""Behind a sequence's end in a batch; before its first token; its end."""
JOINER = "￭"
"""Where a piece of a word is joined to the next or the one before; see `explorer.text.pieces`."""
_SPACE = " "
_SHOWN = 40  # characters of a token in a sentence


@dataclass(frozen=True)
class Vocabulary:
    """The tokens that a model knows, each with its place as its number.

    Args:
        tokens: The tokens in order, all different. Number 0 is ``"<unk>"``, which stands for every
            token that is not among them, unless the tokenisation says otherwise.
        tokenisation: How a text becomes tokens; None for characters, and ``"<unk>"`` first.

    Raises:
        ValueError: ``"<unk>"`` is not the first token, or a token is there twice; or the
            tokenisation has a token that is not there.
    """

    tokens: tuple[str, ...]
    tokenisation: Tokenisation | None = None

    def __post_init__(self) -> None:
        if self.tokenisation is None and self.tokens[:1] != (UNKNOWN,):
            raise ValueError(f"the first token of a vocabulary is {UNKNOWN!r}")
        if not {*self._reserved} <= {*self.tokens}:
            raise ValueError(f"a vocabulary without {self._reserved}")
        if len(set(self.tokens)) != len(self.tokens):
            raise ValueError("the tokens of a vocabulary are all different")

    @classmethod
    def from_tokens(
        cls, tokens: Iterable[str], *, minimum: int = 1, reserved: Sequence[str] = ()
    ) -> "Vocabulary":
        """The tokens seen at least ``minimum`` times: the most frequent first, ties in code order.

        With ``minimum=2`` the tokens seen once become ``"<unk>"``, so that a model trained on the
        same text has met it. The ``reserved`` tokens stand before all counted ones, however often
        they are seen.
        """
        counts = Counter(tokens)
        for token in (UNKNOWN, *reserved):
            del counts[token]
        kept = (token for token, count in counts.items() if count >= minimum)
        return cls((UNKNOWN, *reserved, *sorted(kept, key=lambda token: (-counts[token], token))))

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {token: number for number, token in enumerate(self.tokens)}

    @property
    def by_character(self) -> bool:
        """Whether every character of a text is a token."""
        return self.tokenisation is None or self.tokenisation.kind == "characters"

    @property
    def unsaid(self) -> tuple[str, ...]:
        """The tokens that mean nothing in an answer: the unknown, and the one before the first."""
        own = self.tokenisation
        return (UNKNOWN,) if own is None else tuple(t for t in (own.unknown, own.begin) if t)

    @property
    def end(self) -> str | None:
        """The token that ends what a language model writes; of characters a space ends a word."""
        own = self.tokenisation
        if own and own.end:
            return own.end
        return _SPACE if self.by_character and _SPACE in self else None

    @property
    def _reserved(self) -> tuple[str, ...]:
        end = self.tokenisation and self.tokenisation.end
        return (*self.unsaid, *([end] if end else []))

    def read(self, text: str) -> tuple[str, ...]:
        """A text's tokens as a model reads them, behind the one that stands before all, if any.

        Raises:
            ExplorerError: The text has a token that is not there, and nothing stands for it.
        """
        tokens = (self.tokenisation or Tokenisation()).read(text)
        self.encode(tokens)
        return tokens

    def split(self, text: str) -> tuple[str, ...]:
        """A text's tokens, and nothing before them."""
        return (self.tokenisation or Tokenisation()).split(text)

    def join(self, tokens: Iterable[str], *, after: str = "") -> str:
        """Tokens as text, behind a text."""
        return (self.tokenisation or Tokenisation()).join(tokens, after=after)

    def cut(self, text: str, count: int) -> str:
        """The beginning of a text that is read as ``count`` tokens."""
        return (self.tokenisation or Tokenisation()).cut(text, count)

    @cached_property
    def pieced(self) -> bool:
        """Whether rare words are written in pieces."""
        return any(len(token) > 1 and token.startswith(JOINER) for token in self.tokens)

    @cached_property
    def longest(self) -> int:
        """Characters of the longest token."""
        return max(map(len, self.tokens))

    def __len__(self) -> int:
        return len(self.tokens)

    def __contains__(self, token: object) -> bool:
        return token in self._numbers

    def number(self, token: str) -> int:
        """The number of a token that is there.

        Raises:
            KeyError: The vocabulary has never seen it.
        """
        return self._numbers[token]

    def encode(self, tokens: Iterable[str]) -> list[int]:
        """The number of each token; that of the unknown for those that are not there.

        Raises:
            ExplorerError: A token is not there, and none stands for the unknown.
        """
        if self.tokenisation is None:
            return [self._numbers.get(token, 0) for token in tokens]
        written = tuple(tokens)
        unknown = self._numbers.get(self.tokenisation.unknown or "", -1)
        found = [self._numbers.get(token, unknown) for token in written]
        if -1 in found:
            raise ExplorerError(
                "The model has no token “{token}”, and none that stands for what it does not know.",
                token=written[found.index(-1)][:_SHOWN],
            )
        return found

    def decode(self, ids: Iterable[int]) -> tuple[str, ...]:
        """The token of each number.

        Raises:
            IndexError: A number is outside ``0 … len(self) - 1``.
        """
        numbers = tuple(ids)
        if any(number < 0 for number in numbers):
            raise IndexError("token numbers are not negative")
        return tuple(self.tokens[number] for number in numbers)

    def unknown(self, tokens: Iterable[str]) -> tuple[str, ...]:
        """The distinct tokens that the vocabulary has never seen, in the order they come."""
        return tuple(dict.fromkeys(token for token in tokens if token not in self))


def numbers(words: Sequence[str], written: Sequence[str]) -> list[int]:
    """The number of each of some words among the tokens that a model writes.

    Raises:
        ExplorerError: The model does not write one of them.
    """
    known = {word: number for number, word in enumerate(written)}
    for word in words:
        if word not in known:
            raise ExplorerError("The model cannot write the token “{token}”.", token=word)
    return [known[word] for word in words]
