"""Carries out interventions on the arrays of one pass through a stack of recurrent layers."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from explorer.errors import ExplorerError
from explorer.recurrence.arrays import real_numbers
from explorer.recurrence.cells import Array, Edit
from explorer.recurrence.indices import Indices, as_sequence, check_indices
from explorer.recurrence.intervention import Change, Intervention, Place
from explorer.recurrence.intervention_fit import check_shape

_DIRECTIONS = ("forward", "backward")


@dataclass(frozen=True)
class _Rule:
    """An intervention, its places ready to be looked up.

    Attributes:
        intervention: What is changed.
        layers: Those that it changes.
        directions: 0 forward, 1 backward.
        first: The number of the pass's first step.
        steps: The steps of the pass that it changes, each with its place among all that it changes.
        ranks: The rows that it changes, in their order, (b,).
        units: The columns that it changes.
        numbers: What they are set to or multiplied by, (1 or b, 1 or S, 1 or U), unless a function
            says it.
    """

    intervention: Intervention
    layers: Container[int]
    directions: Container[int]
    first: int
    steps: Mapping[int, int]
    ranks: Array
    units: slice | list[int]
    numbers: Array

    def at(self, n: int) -> tuple[Any, ...]:
        """Where the changed places are among values (n, H)."""
        if self.intervention.batch is None:
            return slice(n), self.units
        rows = self.ranks[self.ranks < n]  # (k,)
        return rows if isinstance(self.units, slice) else rows[:, None], self.units

    def changed(self, before: Array, step: int) -> Array:
        """The new values (k, U) in place of the old ones, for an intervention without function."""
        at = self.steps[step] if self.numbers.shape[1] > 1 else 0
        numbers = self.numbers[: len(before), at].astype(before.dtype)  # (1 or k, 1 or U)
        after: Array = before * numbers if self.intervention.scale is not None else numbers
        return np.broadcast_to(after, before.shape)


class AppliedInterventions:
    """The interventions on one pass, in their order, each on what those before it left.

    Attributes:
        changed: Whether any value has become another one so far.
    """

    def __init__(
        self,
        interventions: Sequence[Intervention],
        *,
        gates: Container[str],
        layers: int,
        steps: int,
        order: Array,
        firsts: Sequence[int | None] = (),
    ) -> None:
        """Makes ready for a pass of L layers over T steps.

        Args:
            interventions: Those on a module that has what they change.
            gates: The quantities that stay between 0 and 1.
            layers: L.
            steps: T.
            order: (B,), the place in the batch of each row of the values.
            firsts: For each of them the number of this pass's first step, where its steps run on
                over several passes; None where they are those of one pass.

        Raises:
            ExplorerError: A step or a sequence does not exist, or a value does not broadcast.
        """
        self.changed = False
        self._gates = gates
        self._steps, self._order = steps, order
        self._rules = []
        for intervention, first in zip(
            interventions, firsts or [None] * len(interventions), strict=True
        ):
            if first is None:
                check_indices("step", intervention.steps, steps)
            check_indices("batch", intervention.batch, len(order))
            check_shape(intervention, batch=len(order), steps=steps if first is None else None)
            self._rules.append(
                _rule(intervention, layers, _steps(intervention, steps, first), order, first or 0)
            )

    def on(self, layer: int, direction: int) -> list[Edit | None]:
        """What edits each step of a direction (0 forward, 1 backward); None where nothing does."""
        rules = [
            rule for rule in self._rules if layer in rule.layers and direction in rule.directions
        ]
        return [self._at(rules, layer, direction, step) for step in range(self._steps)]

    def _at(self, rules: list[_Rule], layer: int, direction: int, step: int) -> Edit | None:
        here = [rule for rule in rules if step in rule.steps]
        return partial(self._edit, here, layer, direction, step) if here else None

    def _edit(
        self,
        rules: list[_Rule],
        layer: int,
        direction: int,
        step: int,
        quantity: str,
        values: Array,
    ) -> None:
        for rule in rules:
            if rule.intervention.quantity != quantity:
                continue
            at = rule.at(len(values))
            before = values[at]  # (k, U)
            if not before.size:
                continue
            with np.errstate(over="ignore"):  # what overflows is refused in words
                if rule.intervention.function is None:
                    after = rule.changed(before, step)
                else:
                    place = self._place(rule, layer, direction, step, values)
                    after = _called(rule.intervention.function, before, place)
            if not _is_allowed(after, gate=quantity in self._gates):
                raise _out_of_range(quantity, rule.first + step, gate=quantity in self._gates)
            self.changed = self.changed or not np.array_equal(before, after)
            values[at] = after

    def _place(self, rule: _Rule, layer: int, direction: int, step: int, values: Array) -> Place:
        n, H = values.shape
        return Place(
            quantity=rule.intervention.quantity,
            layer=layer,
            direction=_DIRECTIONS[direction],
            step=rule.first + step,
            batch=tuple(self._order[rule.ranks[rule.ranks < n]].tolist()),
            units=tuple(range(H)[rule.units] if isinstance(rule.units, slice) else rule.units),
        )


def _steps(intervention: Intervention, count: int, first: int | None) -> Sequence[int]:
    """The steps that are changed, by their numbers, in a pass of so many steps."""
    shape = intervention.amount.shape
    if first is None or intervention.steps is not None or shape[-2:-1] in ((), (1,)):
        return _among(intervention.steps, (first or 0) + count)
    return range(shape[-2])  # as many as there are numbers for


def _rule(
    intervention: Intervention, layers: int, steps: Sequence[int], order: Array, first: int
) -> _Rule:
    units, batch = as_sequence(intervention.units), _among(intervention.batch, len(order))
    ranks = np.argsort(order)[list(batch)]  # (b,)
    amount = np.array(intervention.amount, ndmin=3)
    for axis, chosen in enumerate((batch, steps, units)):
        if chosen is not None and amount.shape[axis] not in (1, len(chosen)):
            amount = amount.take(chosen, axis)  # it is given for all places
    by_rank = np.argsort(ranks)  # (b,)
    return _Rule(
        intervention=intervention,
        layers=_among(intervention.layer, layers),
        directions=range(2)
        if intervention.direction is None
        else (_DIRECTIONS.index(intervention.direction),),
        first=first,
        steps={step - first: place for place, step in enumerate(steps)},
        ranks=ranks[by_rank],
        units=slice(None) if units is None else list(units),
        numbers=amount[by_rank] if len(amount) > 1 else amount,
    )


def _among(chosen: Indices, count: int) -> Sequence[int]:
    found = as_sequence(chosen)
    return range(count) if found is None else found


def _is_allowed(values: Array, *, gate: bool) -> bool:
    if not gate:
        return bool(np.isfinite(values).all())
    return not values.size or bool(values.min() >= 0 and values.max() <= 1)  # false for NaN


def _called(function: Change, before: Array, place: Place) -> Array:
    returned = function(before.copy(), place)
    after = real_numbers(returned)
    if after is None or after.shape != before.shape:
        raise ExplorerError(
            "The function that changes {quantity} must return {expected} real numbers, an array "
            "of the shape that it was given; it returned {dtype} of shape {found}.",
            quantity=place.quantity,
            expected=" × ".join(map(str, before.shape)),
            dtype=getattr(returned, "dtype", type(returned).__name__),
            found=getattr(returned, "shape", ()) if after is None else after.shape,
        )
    return after.astype(before.dtype)


def _out_of_range(quantity: str, step: int, *, gate: bool) -> ExplorerError:
    if gate:
        return ExplorerError(
            "A gate must stay between 0 and 1: at step {step}, the intervention takes "
            "{quantity} out of that range.",
            step=step,
            quantity=quantity,
        )
    return ExplorerError(
        "At step {step}, the intervention makes {quantity} a number that is not finite.",
        step=step,
        quantity=quantity,
    )
