"""What a model is made of, in numbers. Knows nothing of torch."""

from dataclasses import astuple, dataclass
from typing import Literal, get_args

Cell = Literal["rnn", "gru", "lstm"]
Reads = Literal["both", "forward", "backward"]


@dataclass(frozen=True)
class Architecture:
    """The sizes that decide every shape of a language model.

    Args:
        cell: The kind of recurrent cell.
        vocabulary_size: V, how many tokens there are to predict.
        hidden_size: H, units in each layer.
        layers: Recurrent layers, one above the other.

    Raises:
        ValueError: The cell is of another kind, or a size is not a positive whole number.
    """

    cell: Cell
    vocabulary_size: int
    hidden_size: int
    layers: int = 1

    def __post_init__(self) -> None:
        cell, *sizes = astuple(self)
        if cell not in get_args(Cell):
            raise ValueError(f"a cell is one of {', '.join(get_args(Cell))}; not {cell!r}")
        for size in sizes:
            if type(size) is not int or size < 1:
                raise ValueError(f"a size is a positive whole number, not {size!r}")


@dataclass(frozen=True, kw_only=True)
class Seq2SeqArchitecture(Architecture):
    """The sizes of an encoder and a decoder, which have the same units and layers.

    Args:
        source_size: Tokens that the encoder reads; the decoder predicts ``vocabulary_size``.
        embedding_size: E, numbers in a token's embedding on either side.
    """

    source_size: int
    embedding_size: int


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

    embedding_size: int
    reads: Reads

    def __post_init__(self) -> None:
        if self.reads not in get_args(Reads):
            raise ValueError(f"a model reads {', '.join(get_args(Reads))}; not {self.reads!r}")
        if self.layers != 1:
            raise ValueError("a model that fills in words has one layer")
        Architecture(self.cell, self.vocabulary_size, self.hidden_size)
        if type(self.embedding_size) is not int or self.embedding_size < 1:
            raise ValueError(f"a size is a positive whole number, not {self.embedding_size!r}")
