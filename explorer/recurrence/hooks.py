"""Watches every forward pass of torch's recurrent modules, and may replace its result.

While anything is watched, ``forward`` of torch's own classes is wrapped. So what is seen is what
reaches that computation, whatever a subclass or a caller made of the arguments before, and nothing
is put on a module that a copy of it could carry away. Who watches stands in a context variable:
each thread has its own, and the passes of other threads go straight on.
"""

import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial, update_wrapper
from threading import Lock
from types import FunctionType
from typing import Any, Protocol

import torch
from torch import Tensor
from torch._C._dynamo import eval_frame
from torch.nn.utils.rnn import PackedSequence

from explorer.errors import ExplorerError
from explorer.recurrence.call_arguments import arguments, named
from explorer.recurrence.forward import Forward, compute, forward, read_stack
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.module_output import module_output
from explorer.recurrence.modules import (
    Recurrent,
    base_of,
    bases,
    has_own_forward,
    structure_of,
)
from explorer.recurrence.sequences import InitialState, read_inputs, read_state
from explorer.recurrence.step_counter import CarriedState
from explorer.recurrence.tensors import memory_of


@dataclass(frozen=True)
class Pass:
    """A pass of a recurrent module that is over.

    Attributes:
        module: Whose.
        began: The state that it was given, in the order of the rows; None if none was.
        done: What it computed.
        own: What torch made of it.
        returns: What goes back to the caller: the same, or what the interventions made of it.
    """

    module: Recurrent
    began: CarriedState | None
    done: Forward
    own: Any
    returns: Any

    def ended(self) -> CarriedState:
        """The state that it returns, in the order of the rows."""
        done = self.done
        state = self.returns if done.structure.is_cell else self.returns[1]
        values = read_state(done.structure, state, done.rows, done.stack.dtype)
        return CarriedState(values, memory_of(state))


class Watcher(Protocol):
    """Who wants to know of the passes of some modules."""

    @property
    def modules(self) -> Collection[Recurrent]:
        """Whose passes it watches."""

    def interventions(
        self, module: Recurrent, began: CarriedState | None
    ) -> tuple[Sequence[Intervention], int | None]:
        """What is changed in a pass that is given this state, in the order of its rows, or none.

        Beside it the number of the pass's first step, if steps are counted over several passes.
        """

    def seen(self, over: Pass) -> None:
        """A pass is over."""

    def leaves_out(self, module: Recurrent, why: ExplorerError) -> bool:
        """Whether a pass that cannot be traced is to go on unseen."""


_SKIP = eval_frame._FrameExecStrategy(eval_frame._FrameAction.SKIP, eval_frame._FrameAction.SKIP)
_WATCHERS: ContextVar[tuple[Watcher, ...]] = ContextVar("watchers", default=())


@contextmanager
def watching(watcher: Watcher) -> Iterator[None]:
    """Inside it, passes made by this thread are shown to the watcher, after any others.

    Raises:
        ExplorerError: It stands inside a function that ``torch.compile`` compiles.
    """
    with _WRAPPING.open():
        token = _WATCHERS.set((*_WATCHERS.get(), watcher))
        try:
            yield
        finally:
            _WATCHERS.reset(token)


@contextmanager
def unwatched() -> Iterator[None]:
    """Inside it, nobody sees this thread's passes, and nobody changes them."""
    token = _WATCHERS.set(())
    try:
        yield
    finally:
        _WATCHERS.reset(token)


def computed(
    module: Recurrent,
    inputs: Tensor | PackedSequence,
    state: InitialState | None,
    interventions: Sequence[Intervention] = (),
) -> Forward:
    """What a call of a module computes; where its class has a forward of its own, by running that.

    Raises:
        ExplorerError: It cannot be traced, or its own forward takes other arguments, or does not
            come to torch's just once.
    """
    if not has_own_forward(module):
        return forward(module, inputs, state, interventions)
    structure_of(module)
    kept = _Kept(module, interventions)
    with unwatched(), watching(kept), torch.no_grad():
        module(inputs, **named(module, inputs, state))
    if len(kept.passes) != 1:
        raise ExplorerError(
            "This {kind} has a forward of its own, which calls torch's {count} times, but a "
            "trace covers one call: run it inside explorer.record(…).",
            kind=type(module).__name__,
            count=len(kept.passes),
        )
    return kept.passes[0]


class _Kept:
    """Watches one module and keeps what it computes."""

    def __init__(self, module: Recurrent, interventions: Sequence[Intervention]) -> None:
        self.modules = (module,)
        self.passes: list[Forward] = []
        self._interventions = interventions

    def interventions(
        self, module: Recurrent, began: CarriedState | None
    ) -> tuple[Sequence[Intervention], None]:
        return self._interventions, None

    def leaves_out(self, module: Recurrent, why: ExplorerError) -> bool:
        return False

    def seen(self, over: Pass) -> None:
        self.passes.append(over.done)


class _Wrapping:
    """Wraps the classes' forward for as long as any thread is watching."""

    def __init__(self) -> None:
        self._lock, self._count = Lock(), 0
        self._undo = ExitStack()

    @contextmanager
    def open(self) -> Iterator[None]:
        with self._lock:
            if not self._count:
                self._wrap()
            self._count += 1
        try:
            yield
        finally:
            with self._lock:
                self._count -= 1
                if not self._count:
                    self._undo.close()

    def _wrap(self) -> None:
        # What was compiled before keeps no place for a watcher, so it runs as it was written. The
        # compiler takes a second to import; where nobody has yet, nothing is compiled.
        if "torch._dynamo" in sys.modules:
            self._undo.enter_context(_uncompiled())
        # All are read before any is wrapped, for a described class may inherit from another one.
        for base, own in [(base, base.forward) for base in bases()]:
            undo = partial(setattr, base, "forward", own) if "forward" in vars(base) else None
            base.forward = _wrapped(own, base)
            self._undo.callback(undo or partial(delattr, base, "forward"))


_WRAPPING = _Wrapping()


def _uncompiled() -> AbstractContextManager[None]:
    try:
        if not torch.compiler.is_compiling():
            return torch.compiler.set_stance("force_eager")  # type: ignore[no-any-return]
    except RuntimeError:  # between two segments of a compiled function
        pass
    raise ExplorerError(
        "A recording or an intervention cannot be opened inside a compiled function: open it "
        "around the call."
    )


def _wrapped(own_forward: Callable[..., Any], base: type) -> Callable[..., Any]:
    run = _run

    def seen(self: Recurrent, *args: Any, **kwargs: Any) -> Any:
        return run(own_forward, base, self, args, kwargs)

    # What torch.jit.script reads is the function that it wraps, with what is global there.
    wrapped = FunctionType(seen.__code__, own_forward.__globals__, closure=seen.__closure__)
    update_wrapper(wrapped, own_forward)
    # What is compiled only while it is watched is not compiled from here on.
    wrapped._torchdynamo_disable = True  # type: ignore[attr-defined]
    eval_frame.set_code_exec_strategy(seen.__code__, _SKIP)
    return wrapped


def _run(
    own_forward: Callable[..., Any],
    base: type,
    module: Recurrent,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> Any:
    watchers = [watcher for watcher in _WATCHERS.get() if module in watcher.modules]
    if not watchers or base_of(module) is not base:  # what it inherits is a part of its own
        return own_forward(module, *args, **kwargs)
    try:
        structure = structure_of(module)
    except ExplorerError as why:
        told = [watcher.leaves_out(module, why) for watcher in watchers]
        if not all(told):
            raise
        return own_forward(module, *args, **kwargs)
    stack = read_stack(module, structure, called=True)
    own = own_forward(module, *args, **kwargs)
    inputs, state = arguments(own_forward, module, args, kwargs)
    rows = read_inputs(structure, inputs, stack.dtype)
    start = read_state(structure, state, rows, stack.dtype)
    began = None if state is None else CarriedState(start, memory_of(state))
    changes, firsts = _changes(watchers, module, began)
    done = compute(structure, stack, rows, start, changes, firsts)
    returns = module_output(done, own) if done.changed else own
    for watcher in watchers:
        watcher.seen(Pass(module, began, done, own, returns))
    return returns


def _changes(
    watchers: Collection[Watcher], module: Recurrent, began: CarriedState | None
) -> tuple[list[Intervention], list[int | None]]:
    """What all watchers change in a pass, with the number of its first step for each change."""
    changes: list[Intervention] = []
    firsts: list[int | None] = []
    for watcher in watchers:
        given, first = watcher.interventions(module, began)
        changes.extend(given)
        firsts.extend([first] * len(given))
    return changes, firsts
