"""Records every recurrent module inside any ``nn.Module`` while it runs as it always does."""

import reprlib
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import Literal

import xarray as xr
from torch import nn

import explorer
from explorer.errors import ExplorerError
from explorer.recurrence.concatenation import concatenate
from explorer.recurrence.hooks import Pass, watching
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.labels import Tokens
from explorer.recurrence.module_output import difference
from explorer.recurrence.modules import Recurrent, Wanted, recurrent_modules, structure_of
from explorer.recurrence.quantities import QUANTITIES
from explorer.recurrence.step_counter import CarriedState, StepCounter
from explorer.recurrence.trace import labelled


class MissingModuleError(ExplorerError, KeyError):
    """A recording holds nothing under a name."""

    __str__ = BaseException.__str__  # a sentence, not the repr of a key


class Recording(Mapping[str, tuple[xr.Dataset, ...]]):
    """The traces of each recurrent module, by its name in the model, in the order of its calls.

    Attributes:
        skipped: Of each module that was left out why, by its name.
    """

    def __init__(self, traces: Mapping[str, list[list[xr.Dataset]]], skipped: Mapping[str, str]):
        # Of each module its traces; each is one call, or of a cell the calls that go on.
        self._traces = traces
        self.skipped = MappingProxyType(skipped)

    def __getitem__(self, name: str) -> tuple[xr.Dataset, ...]:
        return tuple(concatenate(calls) for calls in self._calls(name))

    def __iter__(self) -> Iterator[str]:
        return iter(self._traces)

    def __len__(self) -> int:
        return len(self._traces)

    def __repr__(self) -> str:
        traces = ", ".join(f"{name!r}: {len(traces)}" for name, traces in self._traces.items())
        skipped = "".join(f"; left out {name!r}: {why}" for name, why in self.skipped.items())
        return f"<Recording of traces: {traces or 'none'}{skipped}>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """What a notebook shows of it, as ``explorer.show`` does."""
        if not any(self._traces.values()):
            return {"text/plain": repr(self)}
        return dict(explorer.show(self)._repr_mimebundle_())

    def joined(self, name: str, *, tokens: Tokens | None = None) -> xr.Dataset:
        """All calls of one module as one trace, its steps running on from call to call.

        For decoding step by step::

            with explorer.record(model) as recording:
                model.translate(sentence)  # calls the decoder once per token
            recording.joined("decoder", tokens=words)["forget"]  # over all steps

        The calls are put one after another in their order, whatever state each began with; row b
        is what stood in row b of each call. So where a search reorders its rows between two calls,
        a row is no single hypothesis. The steps of a sequence that was shorter than others in a
        call follow its own last one.

        Args:
            name: The module's name in the recording.
            tokens: What stands at each step, as for ``trace``, counted over all calls.

        Raises:
            ExplorerError: There is no such module, it was not called, its calls read different
                numbers of sequences, or there are not as many tokens as steps.
        """
        return concatenate([call for calls in self._calls(name) for call in calls], tokens=tokens)

    def _calls(self, name: str) -> list[list[xr.Dataset]]:
        if name not in list(self._traces):
            raise MissingModuleError(
                "The model has no recurrent module named {name}; it has {names}.",
                name=reprlib.repr(name),
                names=", ".join(map(repr, self._traces)),
            )
        return self._traces[name]


@contextmanager
def record(
    model: nn.Module,
    *,
    module: Wanted = None,
    quantities: Sequence[str] | None = None,
    skip: Literal["untraceable"] | None = None,
) -> Iterator[Recording]:
    """Inside it, each forward pass of the model is traced in its recurrent modules.

    Those are ``nn.RNN``, ``nn.GRU``, ``nn.LSTM`` and their cells, ``BookGRU``, and modules of the
    classes that ``traceable`` described. The model's outputs are its own,
    bit for bit; each module is traced beside its own forward pass, on the inputs, initial state
    and parameters that reach it, whatever a subclass makes of its arguments before; one
    whose forward never calls that of torch's class has no trace. Only passes
    made by the thread that opened the recording are in it, so that one model may serve several.
    What ``intervening`` changes is recorded as changed.

    Each call of an ``nn.LSTM`` is a trace. Calls of a cell, which are one step each, are one trace
    for as long as each is given the state that the one before returned, for as many sequences, some
    of which may be held where they were; another state, none, or new zeros begin the next trace.
    ``Recording.joined`` makes one of them all.

    What ``torch.compile`` compiled runs uncompiled inside, in all threads: its outputs are then
    those of the model as it was written, which differ by rounding.

    Each trace is held against what the module returned. Where they differ by more than rounding,
    a warning says so once for each module, and the attribute ``difference`` of the
    trace by how much.

    Args:
        model: Any model; if it is a recurrent module itself, its name in the recording is "".
        module: The names of the modules to record, such as "encoder.rnn", or these modules
            themselves, one or several; all if None.
        quantities: Which variables to keep, such as ["forget", "memory"]; all if None.
        skip: "untraceable" leaves out modules of which no trace can be had, and keeps the reason
            in ``Recording.skipped``. Else such a module is refused.

    Yields:
        A mapping from each recurrent module's name, such as "encoder.rnn", to its traces so far;
        see ``trace`` for what a trace is. A shared module has its first name only.

    Raises:
        ExplorerError: The model contains no recurrent module, or not these, or one that cannot be
            traced, or none has such a quantity. On a pass: it cannot be traced.
    """
    modules, skipped = recurrent_modules(model, module, skip=skip)
    _check_quantities(modules.values(), quantities)
    named = {of: name for name, of in modules.items()}
    recorder = Recorder(named, quantities, skipped if skip else None)
    with watching(recorder):
        yield Recording(recorder.traces, skipped)


def _check_quantities(modules: Collection[Recurrent], wanted: Sequence[str] | None) -> None:
    cells = {structure_of(module).cell.name for module in modules}
    known = dict.fromkeys(name for cell in sorted(cells) for name in QUANTITIES[cell])
    for name in wanted or ():
        if name not in known:
            raise ExplorerError(
                "There is no quantity {quantity} here; the recorded modules have {names}.",
                quantity=repr(name),
                names=", ".join(known),
            )


class Recorder:
    """Watches modules and keeps their traces.

    Args:
        modules: The modules, each with its name.
        quantities: Which variables to keep; all if None.
        skipped: Takes of each module that is left out why; None refuses those that cannot be
            traced.
    """

    def __init__(
        self,
        modules: Mapping[Recurrent, str],
        quantities: Sequence[str] | None,
        skipped: dict[str, str] | None,
    ) -> None:
        self.modules = modules
        self.traces: dict[str, list[list[xr.Dataset]]] = {name: [] for name in modules.values()}
        self._quantities, self._skipped = quantities, skipped
        self._steps = StepCounter()
        self._told: set[str] = set()  # of which modules a difference was said

    def interventions(
        self, module: Recurrent, began: CarriedState | None
    ) -> tuple[Sequence[Intervention], None]:
        """See `Watcher`: nothing is changed."""
        return (), None

    def leaves_out(self, module: Recurrent, why: ExplorerError) -> bool:
        """See `Watcher`: where modules may be skipped, why this one is."""
        if self._skipped is not None:
            self._skipped[self.modules[module]] = str(why)
        return self._skipped is not None

    def seen(self, over: Pass) -> None:
        """See `Watcher`: its trace is kept, as the next step of the last one where it goes on."""
        name, trace = self.modules[over.module], labelled(over.done)
        if not over.done.changed:
            self._compare(name, trace, *difference(over.done, over.own))
        if self._quantities is not None:
            kept = [quantity for quantity in trace.data_vars if quantity in self._quantities]
            trace = trace[kept].copy(deep=True)  # so that nothing holds the others
        traces = self.traces.setdefault(name, [])
        if self._goes_on(over) and traces and traces[-1][0].sizes["batch"] == trace.sizes["batch"]:
            traces[-1].append(trace)
        else:
            traces.append([trace])

    def _goes_on(self, over: Pass) -> bool:
        if not over.done.structure.is_cell:
            return False
        return self._steps.count(over.module, over.began, over.ended(), 1) > 0

    def _compare(self, name: str, trace: xr.Dataset, found: float, explained: float) -> None:
        if found <= explained:
            return
        trace.attrs["difference"] = found
        if name in self._told:
            return
        self._told.add(name)
        warnings.warn(
            f"The trace of {name!r} differs from what the module returned by up to {found:.2g}, "
            "more than rounding explains at once: either small differences grow from step to step "
            "in this module, or it computes something that a trace does not see.",
            stacklevel=2,
        )
