"""Numbers for tokens and back."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from explorer.errors import ExplorerError

UNKNOWN = "<unk>"
PAD, BOS, EOS = "<pad>", "<bos>", "<eos>"
"""Behind a sequence's end in a batch; before its first token; its end."""
JOINER = "￭"
"""Where a piece of a word is joined to the next or the one before; see `explorer.text.pieces`."""


@dataclass(frozen=True)
class Vocabulary:
    """The tokens that a model knows, each with its place as its number.

    Args:
        tokens: The tokens in order, all different. Number 0 is ``"<unk>"``, which stands for every
            token that is not among them.

    Raises:
        ValueError: ``"<unk>"`` is not the first token, or a token is there twice.
    """

    tokens: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.tokens or self.tokens[0] != UNKNOWN:
            raise ValueError(f"the first token of a vocabulary is {UNKNOWN!r}")
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

    @cached_property
    def pieced(self) -> bool:
        """Whether rare words are written in pieces."""
        return any(len(token) > 1 and token.startswith(JOINER) for token in self.tokens)

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
        """The number of each token; 0 for those that the vocabulary has never seen."""
        return [self._numbers.get(token, 0) for token in tokens]

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
