"""What these modules share: weights, layers, directions and the forms of their inputs."""

import math
from functools import partial
from typing import Any, ClassVar

import torch
from torch import Tensor, nn
from torch.nn.functional import linear
from torch.nn.utils.rnn import PackedSequence

from explorer.recurrence.cell import Cell
from explorer.recurrence.given import Given
from explorer.recurrence.modules import structure_of
from explorer.recurrence.sequences import InitialState
from explorer.recurrence.unroll import unroll


class Part(nn.Module):
    """The weights of one direction of one layer, drawn from ±1/√H as torch's are.

    Attributes:
        weight_ih: (G H, I), applied to the input.
        weight_hh: (S H, H), applied to the hidden state; None if S is 0.
        bias: (G H,), or None.
        peephole: (P, H), applied to the memory element by element; None if P is 0.
    """

    def __init__(
        self, input_size: int, hidden_size: int, blocks: tuple[int, int, int], *, bias: bool
    ) -> None:
        """Draws the weights; ``blocks`` are G, S and P."""
        super().__init__()
        G, S, P = blocks
        H = hidden_size
        self.weight_ih = nn.Parameter(torch.empty(G * H, input_size))
        self.weight_hh = nn.Parameter(torch.empty(S * H, H)) if S else None
        self.peephole = nn.Parameter(torch.empty(P, H)) if P else None
        self.bias = nn.Parameter(torch.empty(G * H)) if bias else None
        for weight in self.parameters():
            nn.init.uniform_(weight, -1 / math.sqrt(H), 1 / math.sqrt(H))


def project(part: Any, inputs: Tensor) -> Tensor:
    """X W_ih + b at all steps, from (N, I) to (N, G H)."""
    return linear(inputs, part.weight_ih, part.bias)


def parts(module: Any) -> Any:
    """The parts of a module of this room."""
    return module.layers


#: What describes a cell of this room.
stacked_cell = partial(Cell, project=project, parts=parts, one_step=False)


class Stacked(nn.Module):
    """A recurrent module whose arguments and results are those of ``nn.GRU``.

    Args:
        input_size: I, numbers per step of the inputs.
        hidden_size: H, units.
        num_layers: L, one above the other.
        bias: Whether there are biases.
        batch_first: Whether padded inputs are (B, T, I).
        bidirectional: Whether it reads backwards too, D = 2.
    """

    cell: ClassVar[Cell]
    #: Blocks of H rows that are applied to the input, to the hidden state and to the memory.
    blocks: ClassVar[tuple[int, int, int]]

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        num_layers: int = 1,
        *,
        bias: bool = True,
        batch_first: bool = False,
        bidirectional: bool = False,
    ) -> None:
        super().__init__()
        self.input_size, self.hidden_size, self.num_layers = input_size, hidden_size, num_layers
        self.bias, self.batch_first, self.bidirectional = bias, batch_first, bidirectional
        D = 2 if bidirectional else 1
        sizes = [input_size, *[D * hidden_size] * (num_layers - 1)]
        self.layers = nn.ModuleList(
            nn.ModuleList(Part(size, hidden_size, self.blocks, bias=bias) for _ in range(D))
            for size in sizes
        )

    def forward(
        self,
        input: Tensor | PackedSequence,  # noqa: A002  # torch's name for it
        state: InitialState | None = None,
    ) -> tuple[Any, Any]:
        """The hidden states of the last layer, and the final state of every layer.

        Args:
            input: (T, B, I), (B, T, I) with ``batch_first``, (T, I), or packed.
            state: Where to start from, (L D, B, H), or (L D, H) for inputs without a batch; a tuple
                of as many as the cell has states; else zeros.

        Returns:
            The outputs, laid out as the inputs, and the state in the form of ``state``.

        Raises:
            ExplorerError: The inputs or the state are not of these forms.
        """
        given = Given.of(structure_of(self), input, state)
        output, end = unroll(self.cell, parts(self), given.rows, given.start)
        returned: tuple[Any, Any] = given.returned(output, end)
        return returned
