"""Which modules can be traced, where a model has them, and why the others cannot be."""

import reprlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from torch import nn

from explorer.errors import ExplorerError
from explorer.models.book_gru import BookGRU
from explorer.recurrence.unsupported_modules import looks_recurrent, not_traceable

Layered = nn.RNN | nn.GRU | nn.LSTM | BookGRU
OneStep = nn.RNNCell | nn.GRUCell | nn.LSTMCell
Recurrent = Layered | OneStep

#: Modules of a model, by their names in it or themselves, one or several; None stands for all.
Wanted = str | nn.Module | Sequence[str | nn.Module] | None

#: Whose ``forward`` computes the gates; what subclasses make of a call ends there.
BASES: tuple[type[Recurrent], ...] = get_args(Recurrent)


@dataclass(frozen=True)
class Structure:
    """What a recurrent module is, apart from its weights.

    Attributes:
        kind: The name of its class.
        mode: Its equations, a key into ``CELLS``.
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
    input_size: int
    hidden_size: int
    state_size: int
    layers: int = 1
    directions: int = 1
    batch_first: bool = False
    bias: bool = True
    is_cell: bool = False


def structure_of(module: object) -> Structure:
    """The structure of a module, if a trace of it can be had.

    Raises:
        ExplorerError: It is no recurrent module of torch's, has no values, or is in a mode in which
            dropout between its layers makes every pass another one.
    """
    if not isinstance(module, Recurrent):
        inside = [name for name, _ in _found(module)] if isinstance(module, nn.Module) else []
        raise not_traceable(module, inside)
    kind = type(module).__name__
    if any(kept is not None and kept.is_meta for kept in module._parameters.values()):
        raise ExplorerError(
            'This {kind} is on the device "meta", where weights have no values: load them on '
            "another device first.",
            kind=kind,
        )
    if isinstance(module, OneStep):
        return _cell(module)
    if module.training and module.dropout > 0 and module.num_layers > 1:
        raise ExplorerError(
            "This {kind} is in training mode, where dropout between its layers makes every "
            "pass different: call .eval() on it first.",
            kind=kind,
        )
    return Structure(
        kind=kind,
        mode=module.mode,
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
    base = next((base for base in BASES if isinstance(module, base)), type(module))
    return getattr(type(module), "forward", None) is not getattr(base, "forward", None)


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
            "This {kind} contains no nn.RNN, nn.GRU or nn.LSTM, nor any of their cells.",
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
        input_size=module.input_size,
        hidden_size=module.hidden_size,
        state_size=module.hidden_size,
        bias=module.bias,
        is_cell=True,
    )


def _found(model: nn.Module) -> Iterator[tuple[str, nn.Module]]:
    """Every module that is recurrent, as far as its class or its name says."""
    inside: tuple[str, ...] = ()  # of those that are not torch's, whose parts say nothing more
    for name, module in model.named_modules():
        if name.startswith(inside):
            continue
        if is_foreign := looks_recurrent(module):
            inside = (*inside, f"{name}." if name else "")
        if is_foreign or isinstance(module, Recurrent):
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
    assert isinstance(module, Recurrent)
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
