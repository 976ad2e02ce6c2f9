"""The protocol of a recurrent cell: the names of its quantities, and its step.

Whoever describes a module by a `Cell` can trace, record and change it, and have its gates with
gradients, as with torch's own::

    @explorer.traceable(explorer.Cell("mgu", ("forget", "candidate", "hidden"), gates=("forget",)))
    class MinimalGatedUnit(nn.Module):
        def step(self, x, state, see): ...
        def forward(self, x, hidden=None): ...
"""

import reprlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import torch
from torch import Tensor, nn

from explorer.errors import ExplorerError
from explorer.recurrence import quantities as names_of

#: What is carried from step to step, the hidden state first, (n, H) each.
TensorState = tuple[Tensor, ...]
#: Is shown a quantity by its name, (n, H), and returns what the step goes on with.
See = Callable[[str, Tensor], Tensor]
#: From the part, its inputs at one step (n, …), the state before and `See` to the state after.
Step = Callable[[Any, Tensor, TensorState, See], TensorState]
Module = TypeVar("Module", bound=type[nn.Module])

_BUILT_IN = frozenset(names_of.QUANTITIES)


def _own_step(part: Any, x: Tensor, state: TensorState, see: See) -> TensorState:
    after: TensorState = part.step(x, state, see)
    return after


def _as_they_are(part: Any, inputs: Tensor) -> Tensor:
    return inputs


def _itself(module: Any) -> Sequence[Sequence[Any]]:
    return [[module]]


@dataclass(frozen=True)
class Cell:
    """What a recurrent module computes at each step.

    A step is a plain function of differentiable operations. It shows each quantity to ``see`` when
    it is finished, and goes on with what that returns, which is the same unless someone changes
    it::

        def step(cell, x, state, see):
            (hidden,) = state                                   # (n, H)
            forget = see("forget", torch.sigmoid(cell.of_forget(x, hidden)))
            candidate = see("candidate", torch.tanh(cell.of_candidate(x, forget * hidden)))
            return (see("hidden", (1 - forget) * hidden + forget * candidate),)

    Attributes:
        name: What traces call the cell, such as "mgu".
        quantities: The names of all that the step shows, each once a step and (n, H).
        states: Which of them are carried on, in the module's own order; "hidden", the output, is
            the first.
        gates: Which of them are gates, so that they stay between 0 and 1.
        retaining: The gate that multiplies what a unit held one step before, if one does; it is
            what ``half_life`` goes by.
        step: The equations, as ``step(part, x, state, see)``; the part's own method ``step`` unless
            given. A part has the weights of one direction of one layer.
        project: What needs no state, from a part and its inputs at all steps, (N, I), to what its
            steps read, (N, …); the inputs themselves unless given.
        parallel: All hidden states at once, where no gate reads the state: from a part, what
            ``project`` makes of the inputs, (T, B, …), and the first hidden state (B, H) to
            (T, B, H). The module's own forward pass may use it; a trace goes step by step.
        parts: The parts of a module, one list per layer with one part per direction; the module
            itself unless given.
        one_step: Whether one call of the module reads one step, as ``nn.GRUCell`` does, and returns
            the state; else a call reads a sequence and returns outputs and state, as ``nn.GRU``
            does.

    Raises:
        ExplorerError: The names do not fit together, or the name is a cell's of torch.
    """

    name: str
    quantities: tuple[str, ...]
    states: tuple[str, ...] = ("hidden",)
    gates: tuple[str, ...] = ()
    retaining: str | None = None
    step: Step = _own_step
    project: Callable[[Any, Tensor], Tensor] = _as_they_are
    parallel: Callable[[Any, Tensor, Tensor], Tensor] | None = None
    parts: Callable[[Any], Sequence[Sequence[Any]]] = _itself
    one_step: bool = True

    def __post_init__(self) -> None:
        known = set(self.quantities)
        if len(known) < len(self.quantities) or self.states[:1] != ("hidden",):
            raise ExplorerError(
                "The quantities of a cell have different names, and the first of its states is "
                '"hidden".'
            )
        named = {*self.states, *self.gates, *([self.retaining] if self.retaining else [])}
        if missing := sorted(named - known):
            raise ExplorerError(
                "States and gates are quantities too; {names} are not among {known}.",
                names=", ".join(missing),
                known=", ".join(self.quantities),
            )


_CELLS: dict[type[nn.Module], Cell] = {}


def traceable(cell: Cell) -> Callable[[Module], Module]:
    """Says what the modules of a class compute, so that they can be traced as torch's own.

    For a class of one's own it is a decorator; for one of another package it is called,
    ``traceable(cell)(theirs)``. A trace goes by the step that is given here. ``record`` holds it
    against what the module itself returned, and warns where they differ.

    A module has ``input_size`` and ``hidden_size``; ``batch_first`` and ``bias``, if it has them,
    are read too. It is called with inputs and state: with ``one_step`` the inputs are (B, I) or
    (I,), and it returns the state, a tensor or a tuple of as many as the cell has; otherwise the
    inputs are laid out, and outputs and state returned, as of ``nn.GRU``.

    Args:
        cell: Its quantities and its step.

    Returns:
        A function that describes a class and returns it as it is.

    Raises:
        ExplorerError: The class is none of modules, or is torch's own, or the name of the cell is.
    """
    if cell.name in _BUILT_IN:
        raise ExplorerError(
            "{name} names a cell of torch; choose another name.", name=repr(cell.name)
        )

    def describe(kind: Module) -> Module:
        if not (isinstance(kind, type) and issubclass(kind, nn.Module)):
            raise ExplorerError(
                "A cell describes a class of nn.Module, not {found}.", found=reprlib.repr(kind)
            )
        if issubclass(kind, nn.RNNBase | nn.RNNCellBase):
            raise ExplorerError(
                "{kind} is a recurrent module of torch, which can be traced as it is.",
                kind=kind.__name__,
            )
        _take_in(kind, cell)
        names_of.add(cell.name, cell.quantities, cell.states, cell.gates, cell.retaining)
        return kind

    return describe


def _take_in(kind: type[nn.Module], cell: Cell) -> None:
    for other, known in list(_CELLS.items()):
        if (other.__module__, other.__qualname__) == (kind.__module__, kind.__qualname__):
            del _CELLS[other]  # the class was defined once more, as a notebook's cell is run again
        elif known.name == cell.name and known.quantities != cell.quantities:
            raise ExplorerError(
                "{name} already names the cell of {kind}, which has other quantities.",
                name=repr(cell.name),
                kind=other.__name__,
            )
    _CELLS[kind] = cell


def described_class(module: object) -> type[nn.Module] | None:
    """The class of a module, or the one that it inherits from, that was described, if any."""
    return next((kind for kind in type(module).__mro__ if kind in _CELLS), None)


def cell_of(module: object) -> Cell | None:
    """What was said of a module's class, if anything was."""
    kind = described_class(module)
    return None if kind is None else _CELLS[kind]


def described_classes() -> tuple[type[nn.Module], ...]:
    """All classes that were described."""
    return tuple(_CELLS)


def unseen(name: str, value: Tensor) -> Tensor:
    """The `See` of a pass that nobody watches."""
    return value


def floating_type(module: nn.Module) -> torch.Tensor:
    """A tensor of a module's own precision and device."""
    return next((kept for kept in module.parameters() if kept.is_floating_point()), torch.zeros(()))
