"""Translating while one unit of the encoder or the decoder is held at a value."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from explorer.recurrence.cells import Array
from explorer.recurrence.intervening import intervening
from explorer.recurrence.intervention import Intervention
from explorer.seq2seq.scorer import Prefixes, Seq2SeqScorer
from explorer.seq2seq.single_steps import Stepper
from explorer.seq2seq.translator import Translator

Part = Literal["encoder", "decoder"]


@dataclass(frozen=True)
class HeldUnit:
    """A unit and the value that it is held at, at every step.

    Attributes:
        part: Whose it is.
        layer: From 0.
        quantity: Such as "hidden"; the model has it.
        unit: Its number.
        value: What it is held at.
    """

    part: Part
    layer: int
    quantity: str
    unit: int
    value: float

    def write(self, quantity: str, values: Array) -> None:
        """Holds it in the values of a step, (N, H)."""
        if quantity == self.quantity:
            values[:, self.unit] = self.value


@dataclass(frozen=True)
class HeldScorer(Seq2SeqScorer):
    """Scores as the model does with a unit held."""

    held: HeldUnit

    def start(self, sources: Sequence[Sequence[int]]) -> Prefixes:
        """The state of an empty translation of each source."""
        held = self.held
        if held.part == "decoder":
            return super().start(sources)
        change = Intervention(held.quantity, value=held.value, layer=held.layer, units=held.unit)
        with intervening(self.model, change, module=self.model.encoder):
            return super().start(sources)

    @cached_property
    def _stepper(self) -> Stepper:
        stepper = Stepper.of(self.model)
        if self.held.part == "encoder":
            return stepper
        return replace(stepper, edits={self.held.layer: self.held.write})


@dataclass(frozen=True)
class HoldingTranslator(Translator):
    """A translator whose searches see a unit held.

    Made by `holding`.
    """

    held: HeldUnit | None = None

    @cached_property
    def scorer(self) -> Seq2SeqScorer:
        """The model as a search asks it."""
        if self.held is None:
            return super().scorer
        return HeldScorer(self.model, self.source, self.target, self.held)


def holding(translator: Translator, held: HeldUnit) -> Translator:
    """The translator with a unit held in all of its searches."""
    known = (translator.model, translator.source, translator.target)
    return HoldingTranslator(*known, translator.language, held=held)
