"""Recurrent layers by the names of their cells: PyTorch's, and the book's GRU."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from explorer.models.architecture import Cell
from explorer.models.book_gru import BookGRU

CELLS: dict[Cell, type[nn.RNN | nn.GRU | nn.LSTM]] = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}
"""PyTorch's own; its layers are fused, and read in both directions."""

Layers = nn.RNN | nn.GRU | nn.LSTM | BookGRU

State = Tensor | tuple[Tensor, Tensor]
"""(L, B, H) for a plain RNN or a GRU, a pair of them (hidden, memory) for an LSTM."""


def layers(cell: Cell, inputs: int, hidden_size: int, *, layers: int, dropout: float) -> Layers:
    """Layers, (B, T, inputs) to (B, T, H), dropout between one and the next; torch's are fused."""
    build = BookGRU if cell == "gru-book" else CELLS[cell]
    return build(
        inputs,
        hidden_size,
        num_layers=layers,
        batch_first=True,
        dropout=dropout if layers > 1 else 0.0,  # torch warns of it on one layer
    )


def selected(state: State, rows: Tensor) -> State:
    """The state of the sequences ``rows``, (N,), in that order; a row may come twice."""
    if isinstance(state, Tensor):
        return state.index_select(1, rows)
    return state[0].index_select(1, rows), state[1].index_select(1, rows)


def joined(state: State, others: Sequence[State]) -> State:
    """The state of the sequences of one state and then of the others, on axis 1."""
    if isinstance(state, Tensor):
        return torch.cat([state, *(other for other in others if isinstance(other, Tensor))], 1)
    hidden, memory = zip(state, *others, strict=True)
    return torch.cat(hidden, 1), torch.cat(memory, 1)


def parts(state: State) -> tuple[Tensor, ...]:
    """The hidden state, and in an LSTM the memory."""
    return (state,) if isinstance(state, Tensor) else state


def state_of(parts: Sequence[Tensor]) -> State:
    """The state that has these parts."""
    hidden, *memory = parts
    return (hidden, memory[0]) if memory else hidden
