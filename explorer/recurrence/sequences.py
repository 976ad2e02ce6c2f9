"""Reads a module's inputs and initial state into rows ordered by time, and lays results back out.

All inputs, packed or not, take one form: the rows of a ``PackedSequence``. At each step stand the
sequences that have not ended, longest first, so that a step always works on the first ``n`` rows of
the state and never sees padding.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch.nn.utils.rnn import PackedSequence

from explorer.errors import ExplorerError
from explorer.recurrence.cells import Array, State
from explorer.recurrence.modules import Structure
from explorer.recurrence.tensors import array_of

InitialState = torch.Tensor | tuple[torch.Tensor, ...]


@dataclass(frozen=True)
class Segment:
    """Steps at which equally many sequences stand.

    Attributes:
        place: Which steps.
        rows: Where their rows lie.
        sequences: How many.
    """

    place: slice
    rows: slice
    sequences: int

    @property
    def steps(self) -> int:
        """How many steps."""
        count: int = self.place.stop - self.place.start
        return count


@dataclass(frozen=True)
class Rows:
    """A batch of B sequences as N rows, step after step.

    Attributes:
        values: (N, I), the inputs.
        sizes: (T,), how many sequences stand at each step; they sum to N.
        order: (B,), the place in the batch of each sequence in the rows, longest first.
        batched: Whether the inputs came with a batch dimension.
    """

    values: Array
    sizes: Array
    order: Array
    batched: bool

    @property
    def lengths(self) -> Array:
        """(B,), the true length of each sequence, in the batch's own order."""
        if self._even:
            return np.array([len(self.sizes)] * len(self.order))
        by_rank = (self.sizes[:, None] > np.arange(len(self.order))).sum(axis=0)  # (B,)
        lengths: Array = np.empty_like(by_rank)
        lengths[self.order] = by_rank
        return lengths

    @cached_property
    def _even(self) -> bool:
        """Whether all sequences are equally long and stand in the batch's own order."""
        B, T = len(self.order), len(self.sizes)
        return len(self.values) == B * T and np.array_equal(self.order, np.arange(B))

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The steps in as few segments as possible."""
        T = len(self.sizes)
        starts = [0]
        if self.sizes[-1] < self.sizes[0]:  # they never grow
            starts += (np.flatnonzero(np.diff(self.sizes)) + 1).tolist()
        found, row = [], 0
        for start, stop in zip(starts, [*starts[1:], T], strict=True):
            n = int(self.sizes[start])
            end = row + n * (stop - start)
            found.append(Segment(slice(start, stop), slice(row, end), n))
            row = end
        return tuple(found)

    def lay_out(self, values: Sequence[Array]) -> Array:
        """Of each segment (L, D, t, n, H), to (L, D, B, T, H): NaN beyond a sequence's length.

        A view, if all sequences are equally long and stand in the batch's own order.
        """
        if self._even:
            return values[0].swapaxes(2, 3)
        L, D, _, _, H = values[0].shape
        laid_out = np.full((L, D, len(self.order), len(self.sizes), H), np.nan, values[0].dtype)
        for segment, part in zip(self.segments, values, strict=True):
            batch = self.order[: segment.sequences]
            laid_out[:, :, batch, segment.place] = part.swapaxes(2, 3)
        return laid_out


def read_inputs(structure: Structure, inputs: object, dtype: torch.dtype) -> Rows:
    """The inputs as a module of this structure would read them.

    Raises:
        ExplorerError: As of ``check_inputs``, or they hold no step.
    """
    check_inputs(structure, inputs)
    data = inputs.data if isinstance(inputs, PackedSequence) else inputs
    assert isinstance(data, torch.Tensor)
    values = array_of(data, dtype)
    if isinstance(inputs, PackedSequence):
        return _read_packed(inputs, values)
    return _read_padded(values, structure)


def check_inputs(structure: Structure, inputs: object) -> None:
    """Whether a module of this structure would read these inputs.

    Raises:
        ExplorerError: They are no tensor or packed sequence of numbers, or have the wrong number of
            dimensions or the wrong size.
    """
    data = inputs.data if isinstance(inputs, PackedSequence) else inputs
    if not isinstance(data, torch.Tensor) or not data.is_floating_point():
        raise ExplorerError(
            "The inputs must be a floating-point tensor or a PackedSequence of one, not {kind}.",
            kind=data.dtype if isinstance(data, torch.Tensor) else type(inputs).__name__,
        )
    if not isinstance(inputs, PackedSequence):
        _check_dimensions(structure, data.dim())
    if data.shape[-1] != structure.input_size:
        raise ExplorerError(
            "Each step of the inputs has {found} numbers, but this {kind} expects {expected}.",
            found=data.shape[-1],
            kind=structure.kind,
            expected=structure.input_size,
        )


def _check_dimensions(structure: Structure, dims: int) -> None:
    if structure.is_cell and dims not in (1, 2, 3):
        raise ExplorerError(
            "The inputs have {dims} dimensions; they must have 2 for one step of a batch, 1 for "
            "one step of one sequence, or 3 for several steps of a batch.",
            dims=dims,
        )
    if not structure.is_cell and dims not in (2, 3):
        raise ExplorerError(
            "The inputs have {dims} dimensions; they must have 3, or 2 for one unbatched sequence.",
            dims=dims,
        )


def _read_packed(packed: PackedSequence, values: Array) -> Rows:
    sizes = packed.batch_sizes.numpy()
    if packed.sorted_indices is None:
        order = np.arange(sizes[0])
    else:
        order = packed.sorted_indices.cpu().numpy()
    return Rows(values, sizes, order, batched=True)


def _read_padded(values: Array, structure: Structure) -> Rows:
    is_batched = values.ndim >= (2 if structure.is_cell else 3)
    if not is_batched:
        values = values[..., None, :]  # a batch of one
    if structure.is_cell and values.ndim == 2:
        values = values[None]  # a single step
    elif structure.batch_first and is_batched:
        values = values.swapaxes(0, 1)
    T, B, I = values.shape  # noqa: E741
    if T == 0:
        raise ExplorerError("The inputs are empty: a trace needs at least one step.")
    return Rows(values.reshape(T * B, I), np.array([B] * T), np.arange(B), batched=is_batched)


def read_state(structure: Structure, state: object, rows: Rows, dtype: torch.dtype) -> State:
    """The initial state, zero unless given: h0, or h0 and c0 for an LSTM, or all that a cell has.

    Returns:
        Fresh arrays (L D, B, H), the sequences in the order of the rows; of an LSTM that projects
        its hidden state, that part is (L D, B, P).

    Raises:
        ExplorerError: It is not of the kind or shape that the module takes.
    """
    L_D, B = structure.layers * structure.directions, len(rows.order)
    sizes = structure.state_sizes
    if state is None:
        return tuple(np.zeros((L_D, B, size), rows.values.dtype) for size in sizes)
    checked = check_state(structure, state, B if rows.batched else None)
    return tuple(
        array_of(part, dtype).reshape(L_D, B, size)[:, rows.order]
        for part, size in zip(checked, sizes, strict=True)
    )


def check_state(structure: Structure, state: object, batch: int | None) -> Sequence[torch.Tensor]:
    """The parts of an initial state.

    Args:
        structure: The module's.
        state: What it is given.
        batch: B; None for inputs without a batch dimension.

    Raises:
        ExplorerError: It is not of the kind or shape that the module takes.
    """
    sizes, names = structure.state_sizes, structure.cell.states
    parts = state if len(sizes) > 1 else [state]
    if not isinstance(parts, Sequence) or len(parts) != len(sizes):
        if structure.mode == "LSTM":
            raise ExplorerError("The initial state of an LSTM is a pair of tensors, (h0, c0).")
        raise ExplorerError(
            "The initial state of this {kind} is a tuple of {count} tensors: {names}.",
            kind=structure.kind,
            count=len(names),
            names=", ".join(names),
        )
    places = [] if structure.is_cell else [structure.layers * structure.directions]
    leading = (*places, *([] if batch is None else [batch]))
    return [_check_part(part, (*leading, size)) for part, size in zip(parts, sizes, strict=True)]


def _check_part(part: object, expected: tuple[int, ...]) -> torch.Tensor:
    if not isinstance(part, torch.Tensor):
        raise ExplorerError(
            "The initial state must consist of tensors, not of {kind}.", kind=type(part).__name__
        )
    if tuple(part.shape) != expected:
        raise ExplorerError(
            "The initial state has shape {found}; here it must be {expected}.",
            found=tuple(part.shape),
            expected=expected,
        )
    return part
