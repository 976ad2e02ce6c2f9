"""Records every recurrent module inside any model while the model runs as it always does.

It knows nothing of the model but that it is an ``nn.Module``.
"""

import reprlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from threading import get_ident
from typing import Any

import xarray as xr
from torch import nn

from explorer.errors import ExplorerError
from explorer.recurrence.intervening import active, arguments
from explorer.recurrence.trace import trace
from explorer.recurrence.weights import Recurrent, recurrent_modules


class MissingModuleError(ExplorerError, KeyError):
    """A recording holds nothing under a name."""

    __str__ = BaseException.__str__  # a sentence, not the repr of a key


class Recording(Mapping[str, tuple[xr.Dataset, ...]]):
    """The traces of each recurrent module, by its name in the model, in the order of its calls."""

    def __init__(self, traces: Mapping[str, list[xr.Dataset]]) -> None:
        self._traces = traces

    def __getitem__(self, name: str) -> tuple[xr.Dataset, ...]:
        if name not in list(self._traces):
            raise MissingModuleError(
                "The model has no recurrent module called {name}; it has {names}.",
                name=reprlib.repr(name),
                names=", ".join(map(repr, self._traces)),
            )
        return tuple(self._traces[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._traces)

    def __len__(self) -> int:
        return len(self._traces)

    def __repr__(self) -> str:
        calls = ", ".join(f"{name!r}: {len(traces)}" for name, traces in self._traces.items())
        return f"<Recording of forward calls: {calls}>"


@contextmanager
def record(model: nn.Module) -> Iterator[Recording]:
    """Inside it, each forward pass of the model is traced in every ``nn.RNNBase`` it contains.

    The model's outputs are its own, bit for bit; each module is traced beside its own forward
    pass, on the same inputs and initial state. Only passes made by the thread that opened the
    recording are in it, so that one model may serve several. Calling ``forward`` directly,
    without the module's ``__call__``, goes unseen. What ``intervening`` changes is recorded as
    changed.

    Args:
        model: Any model; if it is a recurrent module itself, its name in the recording is "".

    Yields:
        A mapping from each recurrent module's name, such as "encoder.rnn", to its traces, one per
        call so far; see ``trace`` for what a trace is. A shared module has its first name only.

    Raises:
        ExplorerError: The model contains no recurrent module, or one that cannot be traced.
    """
    modules = recurrent_modules(model)
    traces: dict[str, list[xr.Dataset]] = {name: [] for name in modules}
    with ExitStack() as hooks:
        for name, module in modules.items():
            hook = partial(_keep, traces[name], get_ident())
            handle = module.register_forward_hook(hook, with_kwargs=True)
            hooks.callback(handle.remove)
        yield Recording(traces)


def _keep(
    traces: list[xr.Dataset],
    thread: int,
    module: Recurrent,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    output: object,
) -> None:
    if get_ident() != thread:
        return
    inputs, state = arguments(*args, **kwargs)
    traces.append(trace(module, inputs, state, interventions=active(module)))
