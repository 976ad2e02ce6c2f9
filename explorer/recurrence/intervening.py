"""Changes gates and states inside any ``nn.Module`` while it runs."""

import reprlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import Literal

from torch import nn

from explorer.errors import ExplorerError
from explorer.recurrence.forward import check_interventions
from explorer.recurrence.hooks import Pass, watching
from explorer.recurrence.intervention import Intervention, as_interventions
from explorer.recurrence.modules import Recurrent, Wanted, recurrent_modules, structure_of
from explorer.recurrence.step_counter import CarriedState, StepCounter


@contextmanager
def intervening(
    model: nn.Module,
    *interventions: Intervention | Sequence[Intervention],
    module: Wanted = None,
    skip: Literal["untraceable"] | None = None,
    steps: Literal["call", "running"] = "call",
) -> Iterator[Mapping[str, str]]:
    """Inside it, each forward pass of the model computes with the interventions.

    For example::

        shut = explorer.Intervention("forget", value=0.0, units=[3, 7])
        with explorer.intervening(your_model, shut, module="encoder.rnn"):
            changed = your_model(batch)

    The output and the final state of a recurrent module become those of its trace with the same
    interventions, and what the model makes of them follows. They differ from PyTorch's own
    arithmetic by rounding, as every trace does; a pass in which no value becomes another one
    returns the module's own output, bit for bit.

    Only passes made by the thread that opened it are changed, and no ``trace`` is; a ``record``
    shows what was computed here. Contexts may be nested: the inner interventions come after the
    outer ones. No gradient passes through a changed layer, and asking for one raises an
    ExplorerError. A subclass whose forward never calls that of torch's class is not changed. What
    ``torch.compile`` compiled runs uncompiled inside, as in ``record``.

    Args:
        model: Any model, or a recurrent module itself.
        *interventions: What is changed, in this order; sequences of them will do too.
        module: The names of the recurrent modules to change, such as "encoder.rnn", or these
            modules themselves, one or several; all if None.
        skip: "untraceable" leaves modules as they are of which no trace can be had. Else such a
            module is refused.
        steps: What the steps of the interventions are. "call": those of one forward pass, so that
            a decoder that is called once per token has step 0 only. "running": those of a
            sequence, over all calls that go on with it; so it always is with a cell, whose calls
            are a step each. A call goes on where it is given the state that the one before
            returned, its sequences in any order, as in a beam search, some of them held where they
            were before it; with another state, none, or new zeros, it begins again at step 0. A
            step that is never reached changes nothing.

    Yields:
        Of each module that was left out why, by its name.

    Raises:
        ExplorerError: The model has no such module, or the module cannot be traced, or has not
            what is to be changed. On a pass: a step does not exist, a gate leaves 0 to 1.
    """
    if steps not in ("call", "running"):
        raise ExplorerError(
            'Steps are counted within one "call" or "running" across several, not {found}.',
            found=reprlib.repr(steps),
        )
    changes = as_interventions(*interventions)
    modules, skipped = recurrent_modules(model, module, skip=skip)
    for chosen in modules.values():
        check_interventions(structure_of(chosen), changes)
    if not changes:
        yield MappingProxyType(skipped)
        return
    with watching(_Intervener(list(modules.values()), changes, running=steps == "running")):
        yield MappingProxyType(skipped)


class _Intervener:
    """Watches modules and says what is changed in their passes."""

    def __init__(
        self, modules: Sequence[Recurrent], interventions: Sequence[Intervention], *, running: bool
    ) -> None:
        self.modules = frozenset(modules)
        self._interventions = interventions
        self._steps = StepCounter()
        self._running = running

    def interventions(
        self, module: Recurrent, began: CarriedState | None
    ) -> tuple[Sequence[Intervention], int | None]:
        if self._running or structure_of(module).is_cell:
            return self._interventions, self._steps.first(module, began)
        return self._interventions, None

    def leaves_out(self, module: Recurrent, why: ExplorerError) -> bool:
        return False

    def seen(self, over: Pass) -> None:
        if self._running or over.done.structure.is_cell:
            steps = len(over.done.rows.sizes)
            self._steps.count(over.module, over.began, over.ended(), steps)
