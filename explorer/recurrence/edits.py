"""Carries out interventions on one pass through a stack of recurrent layers.

It knows arrays and interventions; no module, no labels.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from explorer.errors import ExplorerError
from explorer.recurrence.cells import Array, Edit
from explorer.recurrence.intervention import (
    ALL_GATES,
    Chosen,
    Intervention,
    check_numbers,
    numbers,
)

_WAYS = {"forward": 0, "backward": 1}


@dataclass(frozen=True)
class _Rule:
    """An intervention, its places ready to be looked up."""

    given: Intervention
    layers: Container[int]
    ways: Container[int]
    steps: Container[int]
    units: slice | list[int]


class Edits:
    """The interventions on one pass, in their order, each on what those before it left.

    Attributes:
        changed: Whether any value has become another one so far.
    """

    def __init__(self, interventions: Sequence[Intervention], *, layers: int, steps: int) -> None:
        """Makes ready for a pass of L layers over T steps.

        Raises:
            ExplorerError: A step does not exist.
        """
        for given in interventions:
            check_numbers("step", given.steps, steps)
        self.changed = False
        self._count = steps
        self._rules = [_rule(given, layers=layers, steps=steps) for given in interventions]

    def on(self, layer: int, way: int) -> list[Edit | None]:
        """What edits each step of a direction (0 forward, 1 backward); None where nothing does."""
        rules = [rule for rule in self._rules if layer in rule.layers and way in rule.ways]
        return [self._at(rules, step) for step in range(self._count)]

    def _at(self, rules: list[_Rule], step: int) -> Edit | None:
        here = [rule for rule in rules if step in rule.steps]
        return partial(self._edit, here, step) if here else None

    def _edit(self, rules: list[_Rule], step: int, quantity: str, values: Array) -> None:
        for rule in rules:
            if rule.given.quantity != quantity:
                continue
            before = values[:, rule.units]  # (n, U)
            after = _changed(rule.given, before, step)
            self.changed = self.changed or not np.array_equal(before, after)
            values[:, rule.units] = after


def _rule(given: Intervention, *, layers: int, steps: int) -> _Rule:
    units = numbers(given.units)
    return _Rule(
        given=given,
        layers=_among(given.layer, layers),
        ways=range(2) if given.direction is None else (_WAYS[given.direction],),
        steps=_among(given.steps, steps),
        units=slice(None) if units is None else list(units),
    )


def _among(chosen: Chosen, count: int) -> Container[int]:
    found = numbers(chosen)
    return range(count) if found is None else frozenset(found)


def _changed(given: Intervention, before: Array, step: int) -> Array:
    """The new values (n, U) in place of the old ones."""
    after: Array
    with np.errstate(over="ignore"):  # what overflows is refused in words
        if given.function is not None:
            after = _called(given, before).astype(before.dtype)
        elif given.scale is not None:
            after = before * before.dtype.type(given.scale)
        else:
            after = np.full_like(before, given.value)
    if not _is_allowed(after, gate=given.quantity in ALL_GATES):
        raise _out_of_range(given, step)
    return after


def _is_allowed(values: Array, *, gate: bool) -> bool:
    if not gate:
        return bool(np.isfinite(values).all())
    return not values.size or bool(values.min() >= 0 and values.max() <= 1)  # false for NaN


def _called(given: Intervention, before: Array) -> Array:
    assert given.function is not None
    after = np.asarray(given.function(before.copy()))
    if after.shape != before.shape or after.dtype.kind not in "fiub":
        raise ExplorerError(
            "The function that changes {quantity} must return {expected} real numbers, an array "
            "of the shape that it was given; it returned {dtype} of shape {found}.",
            quantity=given.quantity,
            expected=" × ".join(map(str, before.shape)),
            dtype=after.dtype,
            found=after.shape,
        )
    return after


def _out_of_range(given: Intervention, step: int) -> ExplorerError:
    if given.quantity in ALL_GATES:
        return ExplorerError(
            "A gate lies between 0 and 1: at step {step} the intervention takes {quantity} "
            "out of that range.",
            step=step,
            quantity=given.quantity,
        )
    return ExplorerError(
        "At step {step} the intervention makes {quantity} a number that is not finite.",
        step=step,
        quantity=given.quantity,
    )
