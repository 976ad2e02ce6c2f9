"""Which modules can be traced, where a model has them, and why the others cannot be."""

import reprlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from inspect import signature
from typing import Any, get_args

from torch import nn

from explorer.errors import ExplorerError
from explorer.models.book_gru import BookGRU
from explorer.recurrence.cell import Cell, cell_of, described_class, described_classes
from explorer.recurrence.torch_cells import TORCH_CELLS
from explorer.recurrence.unsupported_modules import looks_recurrent, not_traceable

Layered = nn.RNN | nn.GRU | nn.LSTM | BookGRU
OneStep = nn.RNNCell | nn.GRUCell | nn.LSTMCell
#: One of torch's, or of a class that ``traceable`` described.
Recurrent = nn.Module

#: Modules of a model, by their names in it or themselves, one or several; None stands for all.
Wanted = str | nn.Module | Sequence[str | nn.Module] | None

_TORCHS: tuple[type[nn.Module], ...] = get_args(Layered | OneStep)


@dataclass(frozen=True)
class Structure:
    """What a recurrent module is, apart from its weights.

    Attributes:
        kind: The name of its class.
        mode: Its equations: of torch's a key into ``CELLS``, else the cell's name.
        cell: Its quantities and its step.
        input_size: Numbers per step of the inputs.
        hidden_size: Units, H.
        state_size: Numbers of the hidden state: H, or P if an LSTM projects it.
        layers: How many, L.
        directions: 1 or 2, D.
        batch_first: Whether padded inputs are (B, T, I).
        bias: Whether it has biases.
        is_cell: Whether one call reads one step alone.
    """

    kind: str
    mode: str
    cell: Cell
    input_size: int
    hidden_size: int
    state_size: int
    layers: int = 1
    directions: int = 1
    batch_first: bool = False
    bias: bool = True
    is_cell: bool = False

    def size_of(self, quantity: str) -> int:
        """How many numbers a quantity has."""
        return self.state_size if quantity == "hidden" else self.hidden_size

    @property
    def state_sizes(self) -> tuple[int, ...]:
        """How many numbers each part of the state has."""
        return tuple(self.size_of(name) for name in self.cell.states)


def bases() -> tuple[type[nn.Module], ...]:
    """Whose ``forward`` computes the gates; what subclasses make of a call ends there."""
    return (*described_classes(), *_TORCHS)


def is_recurrent(module: object) -> bool:
    """Whether a module is one of torch's, or of a class that was described."""
    return isinstance(module, _TORCHS) or described_class(module) is not None


def structure_of(module: object, *, dropout: bool = False) -> Structure:
    """The structure of a module, if a trace of it can be had.

    Args:
        module: A recurrent module.
        dropout: Whether it may be in a mode in which dropout between its layers makes every pass
            another one.

    Raises:
        ExplorerError: It is no recurrent module of torch's and its class was not described, it has
            no values, or it is in that mode.
    """
    if not (isinstance(module, nn.Module) and is_recurrent(module)):
        inside = [name for name, _ in _found(module)] if isinstance(module, nn.Module) else []
        raise not_traceable(module, inside)
    kind = type(module).__name__
    if any(kept is not None and kept.is_meta for kept in module._parameters.values()):
        raise ExplorerError(
            'This {kind} is on the device "meta", where weights have no values: load them on '
            "another device first.",
            kind=kind,
        )
    if (cell := cell_of(module)) is not None:
        return _described(module, cell)
    if isinstance(module, OneStep):
        return _cell(module)
    assert isinstance(module, Layered)
    if not dropout and module.training and module.dropout > 0 and module.num_layers > 1:
        raise ExplorerError(
            "This {kind} is in training mode, where dropout between its layers makes every "
            "pass different: call .eval() on it first.",
            kind=kind,
        )
    return Structure(
        kind=kind,
        mode=module.mode,
        cell=TORCH_CELLS[module.mode],
        input_size=module.input_size,
        hidden_size=module.hidden_size,
        state_size=module.proj_size or module.hidden_size,
        layers=module.num_layers,
        directions=2 if module.bidirectional else 1,
        batch_first=module.batch_first,
        bias=module.bias,
    )


def has_own_forward(module: object) -> bool:
    """Whether the class of a recurrent module runs something else before torch's forward."""
    return getattr(type(module), "forward", None) is not getattr(base_of(module), "forward", None)


def state_argument(module: object) -> str:
    """What the class whose forward computes the gates calls the state that it is given."""
    names = list(signature(base_of(module).forward).parameters)
    return names[2] if len(names) > 2 else "hx"


def base_of(module: object) -> Any:
    """The class whose ``forward`` computes the gates of a module."""
    torchs = (base for base in _TORCHS if isinstance(module, base))
    return described_class(module) or next(torchs, type(module))


def recurrent_modules(
    model: nn.Module, wanted: Wanted = None, *, skip: str | None = None
) -> tuple[dict[str, Recurrent], dict[str, str]]:
    """The recurrent modules of a model that are wanted, by their names there.

    Args:
        model: Any model; "" is the model itself. What ``torch.compile`` wraps keeps its name.
        wanted: The names of those that are wanted, any one of a shared module, or these
            modules themselves; all if None.
        skip: "untraceable" leaves out those of which no trace can be had; None refuses them.

    Returns:
        The modules, and of those left out why, by name.

    Raises:
        ExplorerError: This is no model, or runs copies of one on several devices, or there is
            none, or none of a name, or one of which no trace can be had.
    """
    if not isinstance(model, nn.Module):
        raise ExplorerError(
            "A model must be an nn.Module; this is a {kind}.", kind=type(model).__name__
        )
    if skip not in (None, "untraceable"):
        raise ExplorerError(
            'skip must be "untraceable" or None (skip nothing), not {found}.',
            found=reprlib.repr(skip),
        )
    _check_one_device(model)
    found = dict(_found(model))
    if not found:
        raise ExplorerError(
            "This {kind} contains no nn.RNN, nn.GRU or nn.LSTM, nor any of their cells, nor a "
            "module described with explorer.traceable.",
            kind=type(model).__name__,
        )
    kept: dict[str, Recurrent] = {}
    left_out: dict[str, str] = {}
    for name in _chosen(model, found, wanted):
        try:
            kept[name] = _followed(found[name])
        except ExplorerError as why:
            if skip is None:
                raise _refusal(name, why, others=len(found) > 1) from None
            left_out[name] = str(why)
    return kept, left_out


def _check_one_device(model: nn.Module) -> None:
    for module in model.modules():
        if isinstance(module, nn.DataParallel) and len(module.device_ids) > 1:
            raise ExplorerError(
                "An nn.DataParallel on several devices runs copies of its module in other "
                "threads, where they cannot be traced: pass the module inside it, and call that "
                "one."
            )


def _cell(module: OneStep) -> Structure:
    if isinstance(module, nn.RNNCell):
        mode = f"RNN_{module.nonlinearity.upper()}"
    else:
        mode = "GRU" if isinstance(module, nn.GRUCell) else "LSTM"
    return Structure(
        kind=type(module).__name__,
        mode=mode,
        cell=replace(TORCH_CELLS[mode], one_step=True),
        input_size=module.input_size,
        hidden_size=module.hidden_size,
        state_size=module.hidden_size,
        bias=module.bias,
        is_cell=True,
    )


def _described(module: nn.Module, cell: Cell) -> Structure:
    for name in ("input_size", "hidden_size"):
        if not isinstance(getattr(module, name, None), int):
            raise ExplorerError(
                "A {kind} was described as a recurrent module, so it needs an {name}.",
                kind=type(module).__name__,
                name=name,
            )
    sized: Any = module
    parts, bias = cell.parts(module), getattr(module, "bias", True)
    return Structure(
        kind=type(module).__name__,
        mode=cell.name,
        cell=cell,
        input_size=sized.input_size,
        hidden_size=sized.hidden_size,
        state_size=sized.hidden_size,
        layers=len(parts),
        directions=len(parts[0]),
        batch_first=getattr(module, "batch_first", None) is True,
        bias=bias if isinstance(bias, bool) else bias is not None,
        is_cell=cell.one_step,
    )


def _found(model: nn.Module) -> Iterator[tuple[str, nn.Module]]:
    """Every module that is recurrent, as far as its class or its name says."""
    inside: tuple[str, ...] = ()  # of those that are not torch's, whose parts say nothing more
    for name, module in model.named_modules():
        if name.startswith(inside):
            continue
        if is_foreign := described_class(module) is not None or looks_recurrent(module):
            inside = (*inside, f"{name}." if name else "")
        if is_foreign or is_recurrent(module):
            yield _plain(name), module


def _plain(name: str) -> str:
    """A module's name in the model as it was before ``torch.compile`` wrapped any of it."""
    return ".".join(part for part in name.split(".") if part != "_orig_mod")


def _chosen(model: nn.Module, found: Mapping[str, nn.Module], wanted: Wanted) -> Collection[str]:
    """Their names, each once, in the order of the wanted ones."""
    if wanted is None:
        return found
    one = isinstance(wanted, str | nn.Module) or not isinstance(wanted, Iterable)
    several: Any = [wanted] if one else wanted
    return dict.fromkeys(_one(model, found, each) for each in several)


def _one(model: nn.Module, found: Mapping[str, nn.Module], wanted: object) -> str:
    first = {module: name for name, module in found.items()}
    for name, module in model.named_modules(remove_duplicate=False):  # a shared one has several
        if module in first and (wanted is module or wanted == _plain(name)):
            return first[module]
    raise ExplorerError(
        "The model has no recurrent module named {name}; it has {names}.",
        name=reprlib.repr(wanted),
        names=", ".join(map(repr, found)),
    )


def _followed(module: nn.Module) -> Recurrent:
    """The module, if what it computes can be followed wherever a model calls it."""
    structure_of(module)
    if "forward" in vars(module):
        raise ExplorerError(
            "The forward of this {kind} was replaced on the object itself, so what its class "
            "computes cannot be traced: undo the replacement, or write a subclass.",
            kind=type(module).__name__,
        )
    return module


def _refusal(name: str, why: ExplorerError, *, others: bool) -> ExplorerError:
    if not others:
        return why
    return ExplorerError(
        "{name} cannot be traced. {why} Or name the modules you want with module=, or "
        'skip those that cannot be traced with skip="untraceable".',
        name=repr(name),
        why=why,
    )
