"""Changes gates and states inside any model while it runs.

It knows nothing of the model but that it is an ``nn.Module``.
"""

import reprlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any

from torch import nn

from explorer.errors import ExplorerError
from explorer.recurrence.forward import check_interventions, forward
from explorer.recurrence.intervention import Intervention, listed
from explorer.recurrence.outputs import Returned, returned
from explorer.recurrence.weights import Recurrent, recurrent_modules

# Each thread has its own, so one model may serve several, and nothing is kept on a module.
_Active = Mapping[nn.Module, tuple[Intervention, ...]]
_ACTIVE: ContextVar[_Active] = ContextVar("interventions", default=MappingProxyType({}))


@contextmanager
def intervening(
    model: nn.Module,
    *interventions: Intervention | Sequence[Intervention],
    module: str | nn.Module | Sequence[str | nn.Module] | None = None,
) -> Iterator[None]:
    """Inside it, each forward pass of the model computes with the interventions.

    For example::

        shut = explorer.Intervention("forget", value=0.0, units=[3, 7])
        with explorer.intervening(your_model, shut, module="encoder.rnn"):
            changed = your_model(batch)

    The output and the final state of a recurrent module become those of its trace with the same
    interventions, and what the model makes of them follows. They differ from PyTorch's own
    arithmetic by rounding, as every trace does; a pass in which no value becomes another one
    returns the module's own output, bit for bit. Steps are those of one forward pass: a decoder
    that is called once per token has step 0 only.

    Only passes made by the thread that opened it are changed. Calling ``forward`` directly,
    without the module's ``__call__``, is not changed, nor is ``trace``; a ``record`` shows what
    was computed here. Openings may be nested: the inner interventions come after the outer ones.
    No gradient passes through a changed layer, and asking for one raises an ExplorerError.

    Args:
        model: Any model, or a recurrent module itself.
        *interventions: What is changed, in this order; sequences of them will do too.
        module: The names of the recurrent modules to change, such as "encoder.rnn", or these
            modules themselves, one or several; all if None.

    Raises:
        ExplorerError: The model has no such module, or the module cannot be traced, or has not
            what is to be changed. On a pass: a step does not exist, a gate leaves 0 to 1.
    """
    changes = listed(*interventions)
    modules = _named(recurrent_modules(model), module)
    outer = _ACTIVE.get()
    now = dict(outer)
    for chosen in modules:
        check_interventions(chosen, changes)
        now[chosen] = (*outer.get(chosen, ()), *changes)
    token = _ACTIVE.set(now)
    with ExitStack() as left_as_found:
        left_as_found.callback(_ACTIVE.reset, token)
        for chosen in modules:
            if changes and not outer.get(chosen):
                handle = chosen.register_forward_hook(_replace, with_kwargs=True)
                left_as_found.callback(handle.remove)
        yield


def active(module: nn.Module) -> tuple[Intervention, ...]:
    """The interventions on a module in this thread, here and now."""
    return _ACTIVE.get().get(module, ())


def _named(modules: Mapping[str, Recurrent], chosen: Any) -> Sequence[Recurrent]:
    if chosen is None:
        return list(modules.values())
    several = isinstance(chosen, Iterable) and not isinstance(chosen, str | nn.Module)
    names = chosen if several else [chosen]
    return list(dict.fromkeys(_one(modules, name) for name in names))


def _one(modules: Mapping[str, Recurrent], chosen: object) -> Recurrent:
    for name, module in modules.items():
        if chosen == name or chosen is module:
            return module
    raise ExplorerError(
        "The model has no recurrent module called {name}; it has {names}.",
        name=reprlib.repr(chosen),
        names=", ".join(map(repr, modules)),
    )


def _replace(
    module: Recurrent, args: tuple[Any, ...], kwargs: dict[str, Any], own: Returned
) -> Returned | None:
    """A forward hook: what the module returns instead, or None for its own."""
    interventions = active(module)
    if not interventions:  # another thread's pass
        return None
    done = forward(module, *arguments(*args, **kwargs), interventions)
    return returned(module, done, own) if done.changed else None


def arguments(input: Any, hx: Any = None) -> tuple[Any, Any]:  # noqa: A002
    """The inputs and the initial state, under the names that PyTorch's modules give them."""
    return input, hx
