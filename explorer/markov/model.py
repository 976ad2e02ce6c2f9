"""A hidden Markov model with discrete symbols: its probabilities, validated."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from explorer.errors import ExplorerError

TOLERANCE = 1e-6  # by how much the sum of a row may miss 1: 0.333333 three times is well meant

Row = tuple[float, ...]


@dataclass(frozen=True)
class HiddenMarkovModel:
    """A hidden state z that moves by chance, and a symbol x that it shows at each step.

    Args:
        states: What each of the N states is called.
        symbols: What each of the M symbols is called.
        start: P(z₁), (N,).
        transition: P(z′ | z), (N, N), a row a state that is left.
        emission: P(x | z), (N, M), a row a state.

    Raises:
        ExplorerError: A row has too many or too few numbers, one that is no probability, or does
            not sum to 1; the sentence names the row.
    """

    states: tuple[str, ...]
    symbols: tuple[str, ...]
    start: Row
    transition: tuple[Row, ...]
    emission: tuple[Row, ...]

    def __post_init__(self) -> None:
        if not len(self.states) == len(self.transition) == len(self.emission):
            raise ExplorerError(
                "Every state needs a row of transition probabilities and a row of emission "
                "probabilities."
            )
        for name, row, size in self._rows():
            _check(name, row, size)

    def _rows(self) -> Iterator[tuple[str, Row, int]]:
        N, M = len(self.states), len(self.symbols)
        yield start_name(), self.start, N
        for state, row in zip(self.states, self.transition, strict=True):
            yield transition_name(state), row, N
        for state, row in zip(self.states, self.emission, strict=True):
            yield emission_name(state), row, M

    @property
    def pi(self) -> np.ndarray:
        """P(z₁), (N,), float64, summing to 1."""
        return _normalised(self.start)

    @property
    def A(self) -> np.ndarray:
        """P(z′ | z), (N, N), float64."""
        return _normalised(self.transition)

    @property
    def B(self) -> np.ndarray:
        """P(x | z), (N, M), float64."""
        return _normalised(self.emission)


def start_name() -> str:
    """What the row of the first state's probabilities is called."""
    return "P(z₁)"


def transition_name(state: str) -> str:
    """What the row of the state that comes after ``state`` is called."""
    return f"P(z′ | {state})"


def emission_name(state: str) -> str:
    """What the row of the symbols that ``state`` shows is called."""
    return f"P(x | {state})"


def _check(name: str, row: Row, size: int) -> None:
    if len(row) != size:
        raise ExplorerError(
            "The row {row} has {found} numbers; it needs {expected}.",
            row=name,
            found=len(row),
            expected=size,
        )
    for value in row:
        if not 0 <= value <= 1:  # so is not a number
            raise ExplorerError(
                "The row {row} contains {value}; probabilities must be between 0 and 1.",
                row=name,
                value=f"{value:g}",
            )
    if abs(sum(row) - 1) > TOLERANCE:
        raise ExplorerError(
            "The row {row} sums to {total}; probabilities must sum to 1.",
            row=name,
            total=f"{sum(row):.6g}",
        )


def _normalised(rows: Row | tuple[Row, ...]) -> np.ndarray:
    values = np.array(rows, dtype=np.float64)
    normalised: np.ndarray = values / values.sum(-1, keepdims=True)
    return normalised
