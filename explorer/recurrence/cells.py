"""The equations of one time step, as PyTorch's modules compute them, under the book's names.

A step receives ``gates``, the sum of what the input and the previous hidden state contribute,
X W_ih + b_ih + H_prev W_hh + b_hh, the previous state ``prev`` and a preallocated buffer ``new``
for the next one. A GRU's candidate needs the hidden state's part by itself: that comes as
``hidden_candidate``, and ``gates`` holds the input's alone. The step turns ``gates`` into the
values of the gates and fills ``new``, so that the buffers become the trace without a copy. Each
gate is finished before it is used, and shown to an ``edit``, if there is one, in between: what it
writes there is what the equations go on with.

All operations here are elementwise but a projected LSTM's product, so where (B, H) is written, all
values may as well be (H, B). Equation numbers are those of *Dive into Deep Learning*.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

Array = npt.NDArray[Any]
State = tuple[Array, ...]
#: Given a quantity's name and its values (B, H), may write other values into them.
Edit = Callable[[str, Array], None]
Step = Callable[[Array, Array, State, State, Edit | None], None]


#: Adds the hidden state's part to a GRU's candidate, given the gates (3, B, H), of which reset and
#: update are finished, what was computed of it before, and the previous hidden state (B, H).
AddToCandidate = Callable[[Array, Array, Array], None]


def _gru(add_to_candidate: AddToCandidate) -> Step:
    """The step of a GRU, equations (9.1.1) to (9.1.3), whose update gate weighs the *old* state.

    A step takes ``gates`` (3, B, H), both parts of reset and update, the input's of the candidate,
    and turns them into their values; its edit sees reset, update, candidate and hidden.
    """

    def step(
        gates: Array, hidden_candidate: Array, prev: State, new: State, edit: Edit | None
    ) -> None:
        (H_prev,), (hidden,) = prev, new
        reset, update, candidate = gates  # (B, H) each
        _sigmoid_(gates[:2])  # reset and update (9.1.1)
        if edit:
            edit("reset", reset)
            edit("update", update)
        add_to_candidate(gates, hidden_candidate, H_prev)
        np.tanh(candidate, out=candidate)  # (9.1.2)
        if edit:
            edit("candidate", candidate)
        _weigh(update, H_prev, candidate, out=hidden)  # (9.1.3)
        if edit:
            edit("hidden", hidden)

    return step


def _reset_product(gates: Array, hidden_candidate: Array, H_prev: Array) -> None:
    _add_product_(gates[2], gates[0], hidden_candidate[0])


#: As PyTorch has it, which resets the product, H_prev W_hh + b_hh, given as ``hidden_candidate``,
#: (1, B, H): H̃ = tanh(X W + R ⊙ (H W_hh + b_hh)), in place of (9.1.2).
gru_step = _gru(_reset_product)


def gru_book_step(product: Callable[[Array, Array], Array]) -> Step:
    """The step of a GRU as the book has it: H̃ = tanh(X W_xh + (R ⊙ H) W_hh + b_h), (9.1.2).

    Args:
        product: From R ⊙ H_prev, (B, H), and the gates, which it leaves alone, to the hidden
            state's part of the candidate, (R ⊙ H_prev) W_hh + b_hh, (1, B, H).
    """

    def add_to_candidate(gates: Array, hidden_candidate: Array, H_prev: Array) -> None:
        candidate = gates[2]
        candidate += product(gates[0] * H_prev, gates)[0]

    return _gru(add_to_candidate)


def lstm_step(
    gates: Array, hidden_candidate: Array, prev: State, new: State, edit: Edit | None
) -> None:
    """One step of an LSTM, equations (9.2.1) to (9.2.4).

    Args:
        gates: (4, B, H), both parts of input, forget, candidate and output, in PyTorch's order;
            then their values.
        hidden_candidate: (0, B, H), nothing.
        prev: The previous hidden state and memory, (B, H) each.
        new: The buffers of the next ones.
        edit: Sees input, forget, output, candidate, memory and hidden.
    """
    (_, C_prev), (hidden, memory) = prev, new
    _gate_memory(gates, C_prev, memory, edit, out=hidden)
    if edit:
        edit("hidden", hidden)


def projected_lstm_step(weight: Array) -> Step:
    """The step of an LSTM that projects its hidden state, H = (O ⊙ tanh(C)) Wᵀ.

    Sak, Senior and Beaufays (2014), *Long short-term memory recurrent neural network architectures
    for large scale acoustic modeling*; torch's ``proj_size``.

    Args:
        weight: W, (P, H).

    Returns:
        Equations as of ``lstm_step``, where the hidden state is (B, P), and the sequences are rows.
    """
    matrix = torch.from_numpy(weight).t()  # (H, P)

    def step(
        gates: Array, hidden_candidate: Array, prev: State, new: State, edit: Edit | None
    ) -> None:
        (_, C_prev), (hidden, memory) = prev, new
        unprojected = np.empty_like(memory)
        _gate_memory(gates, C_prev, memory, edit, out=unprojected)
        torch.mm(torch.from_numpy(unprojected), matrix, out=torch.from_numpy(hidden))
        if edit:
            edit("hidden", hidden)

    return step


def _gate_memory(
    gates: Array, C_prev: Array, memory: Array, edit: Edit | None, *, out: Array
) -> None:
    """Fills an LSTM's gates and memory, (9.2.1) to (9.2.3), and ``out`` by O ⊙ tanh(C) (9.2.4)."""
    input_, forget, candidate, output = gates  # (B, H) each
    _sigmoid_(gates[:2])  # input and forget (9.2.1)
    _sigmoid_(output)  # (9.2.1)
    np.tanh(candidate, out=candidate)  # (9.2.2)
    if edit:
        edit("input", input_)
        edit("forget", forget)
        edit("output", output)
        edit("candidate", candidate)
    # (9.2.3); ``out``, free until then, holds the second term
    np.multiply(input_, candidate, out=out)
    np.multiply(forget, C_prev, out=memory)
    memory += out
    if edit:
        edit("memory", memory)
    np.tanh(memory, out=out)
    out *= output  # (9.2.4)


def rnn_tanh_step(
    gates: Array, hidden_candidate: Array, prev: State, new: State, edit: Edit | None
) -> None:
    """One step of a plain RNN with tanh, equation (8.4.5): H = tanh(X W_xh + H W_hh + b).

    Args:
        gates: (1, B, H), both parts, which is all that is needed of ``prev``.
        hidden_candidate: (0, B, H), nothing.
        prev: The previous hidden state (B, H) alone.
        new: The buffer of the next one.
        edit: Sees hidden.
    """
    (hidden,) = new
    np.tanh(gates[0], out=hidden)
    if edit:
        edit("hidden", hidden)


def rnn_relu_step(
    gates: Array, hidden_candidate: Array, prev: State, new: State, edit: Edit | None
) -> None:
    """One step of a plain RNN with relu: H = max(0, X W_xh + H W_hh + b); shapes as for tanh."""
    (hidden,) = new
    np.maximum(gates[0], 0, out=hidden)
    if edit:
        edit("hidden", hidden)


@dataclass(frozen=True)
class ArrayCell:
    """A kind of recurrent cell.

    Attributes:
        name: "rnn", "gru" or "lstm", the key into ``quantities``.
        step: Its equations.
        blocks: What each H rows of PyTorch's weight matrices stand for, in PyTorch's order.
        states: What is carried from step to step, the hidden state first.
        candidates: Of how many blocks, the last ones, the equations need the hidden state's part by
            itself, as ``hidden_candidate``: 1 in a GRU, else 0.
        reset_first: Whether that part is a product of the reset hidden state, R ⊙ H, so that it
            can only be had between the gates and the candidate; see ``gru_book_step``.
    """

    name: str
    step: Step
    blocks: tuple[str, ...]
    states: tuple[str, ...] = ("hidden",)
    candidates: int = 0
    reset_first: bool = False


# By PyTorch's name for the kind, ``module.mode``.
CELLS = {
    "RNN_TANH": ArrayCell("rnn", rnn_tanh_step, ("preactivation",)),
    "RNN_RELU": ArrayCell("rnn", rnn_relu_step, ("preactivation",)),
    "GRU": ArrayCell("gru", gru_step, ("reset", "update", "candidate"), candidates=1),
    "GRU_BOOK": ArrayCell(
        "gru", gru_step, ("reset", "update", "candidate"), candidates=1, reset_first=True
    ),
    "LSTM": ArrayCell(
        "lstm", lstm_step, ("input", "forget", "candidate", "output"), ("hidden", "memory")
    ),
}


_MANY = 4096
"""Numbers from which torch, which reads its operands once and with all its threads, is faster."""


def _sigmoid_(x: Array) -> None:
    # NumPy has no sigmoid; torch's works in place on the same memory, strided or not.
    torch.from_numpy(x).sigmoid_()


def _add_product_(x: Array, a: Array, b: Array) -> None:
    """Adds a ⊙ b to x."""
    if x.size < _MANY:
        x += a * b
    else:
        torch.from_numpy(x).addcmul_(torch.from_numpy(a), torch.from_numpy(b))


def _weigh(weight: Array, a: Array, b: Array, *, out: Array) -> None:
    """Writes weight ⊙ a + (1 − weight) ⊙ b, by one product instead of two."""
    if out.size < _MANY:
        np.subtract(a, b, out=out)
        out *= weight
        out += b
    else:
        tensors = map(torch.from_numpy, (b, a, weight))
        torch.lerp(*tensors, out=torch.from_numpy(out))
