"""What the previous hidden state contributes to a step: H_prev W_hh + b_hh.

Most equations take it and the input's part, X W_ih + b_ih, as their sum alone. There it is added
to the input's part in place, and its bias came with that. Only of a GRU's candidate it is kept by
itself, for the reset gate multiplies it; in the book's GRU that is a product of its own, which
waits for the gate.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import torch

from explorer.recurrence.cells import Array, ArrayCell
from explorer.recurrence.products import transpose
from explorer.recurrence.weights import Weights

#: Adds the part of the hidden states to the gates wherever only the sum counts, and returns that of
#: the candidates, A of them. As rows: from (n, H) and (G, n, H) to (A, n, H); as columns: from
#: (H, n) and (G, H, n) to (A, H, n).
AddRecurrent = Callable[[Array, Array], Array]


def input_bias(cell: ArrayCell, weights: Weights) -> Array:
    """What is added to the input's part, (G H,): both biases wherever only their sum counts."""
    bias: Array = weights.bias_ih.copy()
    summed = len(bias) - cell.candidates * weights.hh.shape[1]
    bias[:summed] += weights.bias_hh[:summed]
    return bias


def as_blocks(rows: Array, count: int) -> Array:
    """Rows (n, G H) seen as blocks (G, n, H)."""
    return rows.reshape(len(rows), count, rows.shape[1] // count).swapaxes(0, 1)


@dataclass(frozen=True)
class RecurrentProjection:
    """The product of one layer in one direction, by the weights as they are now.

    Attributes:
        cell: Says of which blocks the product is kept by itself.
        weights: W_hh and its bias are used.
    """

    cell: ArrayCell
    weights: Weights

    def by_rows(self, n: int) -> AddRecurrent:
        """For steps of so many sequences, as rows; it returns the same buffer at every call."""
        # The calls around a product with one row take as long as the product, so these are few.
        matrix, buffer = (
            self._transposed,
            np.empty((n, len(self.weights.hh)), self.weights.hh.dtype),
        )
        row, part = torch.from_numpy(buffer), as_blocks(buffer, len(self.cell.blocks))
        S, bias, has_candidate = self._summed, self._bias_of_rows, self.cell.candidates > 0
        summed, candidate = part[:S], part[S:]

        def add(hidden: Array, gates: Array) -> Array:
            torch.mm(torch.from_numpy(hidden), matrix, out=row)
            shared = gates[:S]
            shared += summed
            return np.add(candidate, bias, out=candidate) if has_candidate else candidate

        return add

    def by_any_rows(self) -> AddRecurrent:
        """For any number of sequences, as rows, from any thread: each call has a new buffer."""
        matrix, bias = self._transposed, self._bias_of_rows
        S, G = self._summed, len(self.cell.blocks)

        def add(hidden: Array, gates: Array) -> Array:
            part = as_blocks(torch.mm(torch.from_numpy(hidden), matrix).numpy(), G)  # (G, n, H)
            shared = gates[:S]
            shared += part[:S]
            candidate: Array = part[S:] + bias
            return candidate

        return add

    def by_columns(self, n: int) -> AddRecurrent:
        """For steps of so many sequences, as columns; it returns the same buffer at every call."""
        H, S = self.weights.hh.shape[1], self._summed
        matrix = torch.from_numpy(self.weights.hh)  # (G H, H)
        summed, kept = matrix[: S * H], matrix[S * H :]
        bias = torch.from_numpy(self.weights.bias_hh[S * H :])[:, None]
        candidate = np.empty((self.cell.candidates, H, n), self.weights.hh.dtype)
        columns = torch.from_numpy(candidate).view(-1, n)  # (A H, n)

        def add(hidden: Array, gates: Array) -> Array:
            given = torch.from_numpy(hidden)
            torch.from_numpy(gates[:S].reshape(S * H, n)).addmm_(summed, given)
            if len(candidate):
                torch.addmm(bias, kept, given, out=columns)
            return candidate

        return add

    def divided(self) -> tuple["RecurrentProjection", "RecurrentProjection"]:
        """That of the blocks whose sum alone counts, and that of the candidates, by themselves."""
        S, H = self._summed, self.weights.hh.shape[1]
        gates, candidates = self.cell.blocks[:S], self.cell.blocks[S:]
        return (
            self._part(slice(S * H), blocks=gates, candidates=0),
            self._part(slice(S * H, None), blocks=candidates, candidates=len(candidates)),
        )

    def _part(
        self, rows: slice, *, blocks: tuple[str, ...], candidates: int
    ) -> "RecurrentProjection":
        weights = self.weights
        return RecurrentProjection(
            replace(self.cell, blocks=blocks, candidates=candidates),
            replace(weights, hh=weights.hh[rows], bias_hh=weights.bias_hh[rows]),
        )

    @property
    def _summed(self) -> int:
        return len(self.cell.blocks) - self.cell.candidates

    @cached_property
    def _transposed(self) -> torch.Tensor:
        return transpose(self.weights.hh)  # (H, G H)

    @cached_property
    def _bias_of_rows(self) -> Array:
        blocks = as_blocks(self.weights.bias_hh[None], len(self.cell.blocks))  # (G, 1, H)
        bias: Array = blocks[self._summed :].copy()  # (A, 1, H), whatever becomes of the weights
        return bias
