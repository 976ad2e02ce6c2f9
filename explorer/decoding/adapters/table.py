"""A scorer that is a table, like those of *Dive into Deep Learning*, section 9.8."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

import torch
from torch import Tensor

from explorer.decoding.prefixes import Prefixes
from explorer.errors import ExplorerError

END = "<eos>"
BEGIN = -1
"""No token is read before the first one."""

Row = tuple[float, ...]


@dataclass(frozen=True)
class Table:
    """Probabilities of the next token by time step, and other ones after some beginnings.

    The figures of the section show a table of four steps each. They share the first two, and
    differ after the beginning A C: that is a branch here, with rows of its own for the steps that
    follow it. After the last row of a table it stays with that row.

    Args:
        tokens: The tokens, M of them, ``<eos>`` among them.
        rows: The probabilities of all tokens at step 1, 2, …: (M,) each.
        branches: By beginning, the rows from the step after it. The longest beginning counts.

    Raises:
        ExplorerError: A row is no distribution, or a name is there twice or unknown; the sentence
            says which and why.
    """

    tokens: tuple[str, ...]
    rows: tuple[Row, ...]
    branches: Mapping[tuple[str, ...], tuple[Row, ...]] = field(default_factory=dict)
    trusted: ClassVar[bool] = True

    def __post_init__(self) -> None:
        _check_tokens(self.tokens)
        for beginning, rows in {(): self.rows, **self.branches}.items():
            _check_beginning(beginning, self.tokens)
            if not rows:
                raise ExplorerError("A table needs a row of probabilities for at least one step.")
            for step, row in enumerate(rows, len(beginning) + 1):
                _check_row(row, self.tokens, _place(beginning, step))

    @property
    def begin(self) -> int:
        """The number of no token."""
        return BEGIN

    @property
    def end(self) -> int:
        """The number of ``<eos>``."""
        return self.tokens.index(END)

    def word(self, token: int) -> str:
        """The token of this number; nothing before the first one."""
        return self.tokens[token] if token >= 0 else ""

    def start(self, sources: Sequence[object]) -> Prefixes:
        """The state of an empty prefix; every source is the same to a table."""
        return Prefixes.empty(len(sources))

    def step(self, state: Prefixes, tokens: Tensor) -> tuple[Tensor, Prefixes]:
        """The log-probabilities (N, M) after reading ``tokens``, (N,), and the state then."""
        read = state.then(tokens)
        rows = [self.row(prefix) for prefix in read.all()]
        return torch.tensor(rows, dtype=torch.float64).log(), read

    def row(self, prefix: Sequence[int]) -> Row:
        """The probabilities after a prefix, (M,)."""
        words = tuple(self.tokens[token] for token in prefix)
        begun = [b for b in self.branches if words[: len(b)] == b]
        beginning = max(begun, key=len, default=())
        rows = self.branches[beginning] if begun else self.rows
        return rows[min(len(words) - len(beginning), len(rows) - 1)]


def _place(beginning: Sequence[str], step: int) -> str:
    return f"{step} ({' '.join(beginning)} …)" if beginning else str(step)


def _check_tokens(tokens: Sequence[str]) -> None:
    if tokens.count(END) != 1:
        raise ExplorerError("One token of a table must be “{end}”, which ends a sequence.", end=END)
    for token in tokens:
        if not token.strip() or tokens.count(token) > 1:
            raise ExplorerError(
                "The tokens of a table must all be different, and none may be blank: “{token}”.",
                token=token,
            )


def _check_beginning(beginning: Sequence[str], tokens: Sequence[str]) -> None:
    for token in beginning:
        if token not in tokens or token == END:
            raise ExplorerError(
                "A branch must begin with tokens of the table other than the end token, not "
                "“{token}”.",
                token=token,
            )


def _check_row(row: Row, tokens: Sequence[str], step: str) -> None:
    if len(row) != len(tokens):
        raise ExplorerError(
            "Step {step} of the table has {given} probabilities for {tokens} tokens.",
            step=step,
            given=len(row),
            tokens=len(tokens),
        )
    for token, chance in zip(tokens, row, strict=True):
        if not 0 <= chance <= 1:
            raise ExplorerError(
                "A probability must be between 0 and 1; that of “{token}” at step {step} is "
                "{chance}.",
                token=token,
                step=step,
                chance=chance,
            )
    if abs(math.fsum(row) - 1) > 1e-6:
        raise ExplorerError(
            "The probabilities at step {step} sum to {total}, not to 1.",
            step=step,
            total=f"{math.fsum(row):.6g}",
        )


BOOK = Table(
    ("A", "B", "C", END),
    (
        (0.5, 0.2, 0.2, 0.1),
        (0.1, 0.4, 0.3, 0.2),
        (0.2, 0.2, 0.4, 0.2),
        (0.0, 0.2, 0.2, 0.6),
    ),
    {("A", "C"): ((0.1, 0.6, 0.2, 0.1), (0.1, 0.2, 0.1, 0.6))},
)
"""The section's example: greedy search finds A B C with 0.048, and A C B has 0.054."""
