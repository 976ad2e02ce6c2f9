"""What a model is made of, in numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from explorer.errors import ExplorerError

Cell = Literal["rnn", "gru", "lstm", "gru-book"]
"""``gru-book`` is a GRU that resets the hidden state before the matrix product."""

Head = Literal["linear"]
"""Scores every token from the hidden state. A model with embeddings whose card says nothing else
compares with the embeddings what its head writes."""
Reads = Literal["both", "forward", "backward"]
LARGEST: Mapping[str, int] = {
    "vocabulary_size": 1 << 17,
    "source_size": 1 << 17,
    "embedding_size": 1 << 13,
    "hidden_size": 1 << 13,
    "layers": 32,
}
"""What each size may be at most: a card may be a stranger's, and already the names of a million
layers' weights take minutes."""


@dataclass(frozen=True)
class Architecture:
    """The sizes that decide every shape of a language model.

    Args:
        cell: The kind of recurrent cell; ``gru-book`` is for language models alone.
        vocabulary_size: V, how many tokens there are to predict.
        hidden_size: H, units in each layer.
        layers: Recurrent layers, one above the other.
        embedding_size: E, numbers in a token's embedding; None where tokens are read one-hot.
        head: What scores the tokens of a model with embeddings.

    Raises:
        ValueError: The cell or the head is of another kind, or a size is not a positive whole
            number.
        ExplorerError: A size is above `LARGEST`.
    """

    cell: Cell
    vocabulary_size: int
    hidden_size: int
    layers: int = 1
    embedding_size: int | None = None
    head: Head | None = None

    def __post_init__(self) -> None:
        if self.head not in (None, *get_args(Head)):
            raise ValueError(f"a head is one of {', '.join(get_args(Head))}; not {self.head!r}")
        if self.head and (self.embedding_size is None or type(self) is not Architecture):
            raise ValueError("only a language model with embeddings says what its head is")
        if self.cell not in get_args(Cell):
            raise ValueError(f"a cell is one of {', '.join(get_args(Cell))}; not {self.cell!r}")
        if self.cell == "gru-book" and type(self) is not Architecture:
            raise ValueError("only a language model has the book's GRU")
        for name, most in LARGEST.items():
            size = getattr(self, name, 1)
            if size is not None or type(self) is not Architecture:
                _check_size(name, size, most)

    @property
    def token_size(self) -> int:
        """How many numbers the recurrent layers read of a token: E, or V of a one-hot one."""
        return self.embedding_size or self.vocabulary_size

    @property
    def head_size(self) -> int:
        """How many numbers the head of a language model writes: V, or E to be compared."""
        return self.vocabulary_size if self.head == "linear" else self.token_size


@dataclass(frozen=True, kw_only=True)
class Seq2SeqArchitecture(Architecture):
    """The sizes of an encoder and a decoder, which have the same units and layers.

    Args:
        source_size: Tokens that the encoder reads; the decoder predicts ``vocabulary_size``.
        embedding_size: E, numbers in a token's embedding on either side.
    """

    source_size: int
    embedding_size: int = field()


@dataclass(frozen=True, kw_only=True)
class InfillArchitecture(Architecture):
    """The sizes of a model that fills in a word of a sentence.

    Args:
        embedding_size: E, numbers in a token's embedding.
        reads: Which words it reads: those before the blank (forward), those behind it (backward)
            or both, ``hidden_size`` units for each direction.

    Raises:
        ValueError: It reads in another way, or has several layers: in the second the states of
            both directions would already hold the word itself.
    """

    embedding_size: int = field()
    reads: Reads

    def __post_init__(self) -> None:
        if self.reads not in get_args(Reads):
            raise ValueError(f"a model reads {', '.join(get_args(Reads))}; not {self.reads!r}")
        if self.layers != 1:
            raise ValueError("a model that fills in words has one layer")
        super().__post_init__()


def _check_size(name: str, size: object, most: int) -> None:
    if type(size) is not int or size < 1:
        raise ValueError(f"a size is a positive whole number, not {size!r}")
    if size > most:
        raise ExplorerError(
            "A model's {name} can be at most {most}, not {size}.", name=name, most=most, size=size
        )
