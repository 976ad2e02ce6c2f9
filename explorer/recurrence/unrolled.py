"""A recurrent module whose gates are tensors in the graph of its output: ``explorer.unrolled``."""

import reprlib
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from explorer.errors import ExplorerError
from explorer.recurrence.cell import See, cell_of
from explorer.recurrence.given import Given
from explorer.recurrence.modules import Structure, has_own_forward, structure_of
from explorer.recurrence.sequences import InitialState
from explorer.recurrence.stepwise import check_shown, not_shown
from explorer.recurrence.torch_cells import torch_parts
from explorer.recurrence.unroll import TensorRows, unroll
from explorer.recurrence.weights import compute_weights, weights_kept


class Gates(dict[str, Tensor]):
    """Every quantity of one pass by the book's name, (layer, direction, batch, step, unit).

    Each is a function of inputs and weights, and backpropagates to them. What comes after a gate
    does not depend on these tensors, which are put together at the end, but on the gate at each
    step; `gradient` asks there. Steps beyond a sequence's length are NaN.
    """

    def __init__(
        self, by_step: Mapping[str, list[Tensor]], rows: TensorRows, L: int, D: int
    ) -> None:
        self._by_step, self._rows, self._places = by_step, rows, (L, D)
        super().__init__({name: self._laid_out(values) for name, values in by_step.items()})

    def gradient(self, of: Tensor, name: str, *, create_graph: bool = False) -> Tensor:
        """The gradient of anything after a quantity with respect to it, at every step.

        It says what happens if the quantity changes at one step and all that follows from this step
        on follows it, later gates included, as it does under an ``Intervention``.

        Args:
            of: One number, such as a loss, made of what the pass returned, or of its gates.
            name: The quantity.
            create_graph: Whether the gradient is to be differentiated again.

        Returns:
            (layer, direction, batch, step, unit), 0 where nothing depends on it.

        Raises:
            ExplorerError: There is no such quantity, or the pass kept no graph.
        """
        values = self._by_step[known(name, self)]
        if not values[0].requires_grad or not of.requires_grad:
            raise ExplorerError(
                "This pass kept no graph to differentiate: run it outside torch.no_grad()."
            )
        found = torch.autograd.grad(
            of, values, retain_graph=True, create_graph=create_graph, materialize_grads=True
        )
        return self._laid_out(list(found))

    def _laid_out(self, values: list[Tensor]) -> Tensor:
        """From L D T tensors (n, H) to (L, D, B, T, H)."""
        (L, D), rows, H = self._places, self._rows, values[0].shape[1]
        B, T = rows.sizes[0], len(rows.sizes)
        if not rows.even:
            padding = values[0].new_full((B, H), torch.nan)
            values = [torch.cat([value, padding[len(value) :]]) for value in values]
        stacked = torch.stack(values).view(L, D, T, B, H).transpose(2, 3)
        return rows.unsorted(stacked, 2)


class Unrolled(nn.Module):
    """A recurrent module, step by step, with its gates beside what it returns.

    Attributes:
        module: The module, whose parameters these are.
    """

    def __init__(self, module: nn.Module) -> None:
        """See ``explorer.unrolled``."""
        super().__init__()
        structure_of(module, dropout=True)
        if has_own_forward(module):
            raise ExplorerError(
                "This {kind} has a forward of its own, whose steps are not known: unroll the "
                "module that it inherits from.",
                kind=type(module).__name__,
            )
        self.module = module

    def forward(
        self,
        inputs: Tensor | PackedSequence,
        state: InitialState | None = None,
        *,
        replace: Mapping[str, Tensor] | None = None,
    ) -> tuple[Any, Gates]:
        """One pass.

        Args:
            inputs: What the module takes; a cell may be given several steps too, (T, B, I).
            state: What the module takes.
            replace: Values that quantities are given at all steps in place of their own, by name,
                of any shape that expands to (layer, direction, batch, step, unit). They replace
                before anything uses the quantity, and a gradient passes to them.

        Returns:
            What the module returns, and every quantity by the book's name.

        Raises:
            ExplorerError: The module would not take these inputs, or it has no such quantity, or
                its values do not expand to its shape.
        """
        structure = structure_of(self.module, dropout=True)
        given = Given.of(structure, inputs, state)
        seen = _Seen(structure, given.rows, replace or {})
        with weights_kept(self.module):
            output, end = unroll(
                structure.cell,
                self._parts(structure),
                given.rows,
                given.start,
                watch=seen.at,
                dropout=self._dropout(),
            )
        return given.returned(output, end), seen.gates()

    def _parts(self, structure: Structure) -> Any:
        compute_weights(self.module)
        if cell_of(self.module) is not None:
            return structure.cell.parts(self.module)
        return torch_parts(
            self.module, structure.layers, structure.directions, one_step=structure.is_cell
        )

    def _dropout(self) -> float:
        share = getattr(self.module, "dropout", 0.0) if self.module.training else 0.0
        return share if isinstance(share, float | int) else 0.0


def unrolled(module: nn.Module) -> Unrolled:
    """A recurrent module with the same parameters whose gates carry gradients.

    ::

        rnn = explorer.unrolled(nn.LSTM(8, 16))
        (output, state), gates = rnn(inputs)
        loss = task(output) + 0.01 * gates["forget"].mean()   # a loss on a gate
        loss.backward()
        gates.gradient(output.sum(), "forget")                # what follows from a gate

    The gates are those of ``explorer.trace``: a gate of the backward direction stands at the step
    whose token it has just read, and the equations are those of *Dive into Deep Learning* (9.1.1)
    to (9.1.3) and (9.2.1) to (9.2.4) in PyTorch's convention. In training mode dropout between
    layers is drawn anew. What runs is a step at a time, so it is slower than the fused module.

    Args:
        module: An ``nn.RNN``, ``nn.GRU``, ``nn.LSTM``, one of their cells, ``BookGRU``, or a module
            of a class that ``explorer.traceable`` described. Its parameters are shared.

    Returns:
        An ``nn.Module`` that takes what the module takes, and returns what it returns and beside
        it `Gates`, a dict of tensors (layer, direction, batch, step, unit).

    Raises:
        ExplorerError: It is no such module, or a subclass with a forward of its own.
    """
    return Unrolled(module)


def known(name: str, gates: Mapping[str, object]) -> str:
    """The name, if there is such a quantity.

    Raises:
        ExplorerError: There is none.
    """
    if name not in gates:
        raise ExplorerError(
            "There is no quantity {quantity} here; the module has {names}.",
            quantity=reprlib.repr(name),
            names=", ".join(gates),
        )
    return name


class _Seen:
    """Keeps every quantity of a pass, and replaces some."""

    def __init__(
        self, structure: Structure, rows: TensorRows, replace: Mapping[str, Tensor]
    ) -> None:
        self._structure, self._rows = structure, rows
        self._values: dict[tuple[str | int, ...], Tensor] = {}
        self._graph = torch.is_grad_enabled()
        self._given = {name: self._expanded(name, value) for name, value in replace.items()}

    def at(self, layer: int, direction: int, step: int) -> See:
        """What sees one step."""

        def see(name: str, value: Tensor) -> Tensor:
            structure = self._structure
            check_shown(structure.cell, structure.kind, structure.size_of(name), name, value)
            if name in self._given:
                value = self._given[name][layer, direction, : len(value), step]
            if self._graph and not value.requires_grad:
                value = value.detach().requires_grad_()  # what comes after it is to lead back to it
            self._values[name, layer, direction, step] = value
            return value

        return see

    def gates(self) -> Gates:
        """Everything that was seen."""
        L, D, T = self._structure.layers, self._structure.directions, len(self._rows.sizes)
        places = [(layer, way, t) for layer in range(L) for way in range(D) for t in range(T)]
        by_step = {
            name: [self._shown(name, *place) for place in places]
            for name in self._structure.cell.quantities
        }
        return Gates(by_step, self._rows, L, D)

    def _shown(self, name: str, *place: int) -> Tensor:
        if (name, *place) not in self._values:
            raise not_shown(self._structure.kind, name)
        return self._values[name, *place]

    def _expanded(self, name: str, value: Tensor) -> Tensor:
        structure, rows = self._structure, self._rows
        known(name, dict.fromkeys(structure.cell.quantities))
        shape = (
            structure.layers,
            structure.directions,
            rows.sizes[0],
            len(rows.sizes),
            structure.size_of(name),
        )
        try:
            return rows.sorted(value.expand(shape), 2)
        except RuntimeError:
            raise ExplorerError(
                "What replaces {quantity} has shape {found}, which does not expand to {expected}.",
                quantity=name,
                found=tuple(value.shape),
                expected=shape,
            ) from None
