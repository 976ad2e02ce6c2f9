"""What a language model is made of, in numbers. Knows nothing of torch."""

from dataclasses import dataclass
from typing import Literal, get_args

Cell = Literal["rnn", "gru", "lstm"]


@dataclass(frozen=True)
class Architecture:
    """The sizes that decide every shape of a language model.

    Args:
        cell: The kind of recurrent cell.
        vocabulary_size: V, how many tokens there are.
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
        if self.cell not in get_args(Cell):
            raise ValueError(f"a cell is one of {', '.join(get_args(Cell))}; not {self.cell!r}")
        for size in (self.vocabulary_size, self.hidden_size, self.layers):
            if type(size) is not int or size < 1:
                raise ValueError(f"a size is a positive whole number, not {size!r}")
