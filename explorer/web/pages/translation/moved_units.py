"""The named units that moved most over a translation, and what holding one of them does."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from explorer.seq2seq.gate_timeline import ENCODER
from explorer.seq2seq.held_unit import HeldUnit, holding
from explorer.seq2seq.prefix_constrained import translate_from
from explorer.seq2seq.translator import Translation
from explorer.text.numbers import decimal
from explorer.unit_analysis.labels import Labels
from explorer.unit_analysis.named_units import NamedUnit
from explorer.unit_analysis.translation_labels import SOURCE_LABELS, TARGET_LABELS
from explorer.web.components.series import series
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import quoted
from explorer.web.pages.translation.held import Held, Part
from explorer.web.pages.translation.parameters import HELD
from explorer.web.pages.translation.result import Case, Timeline
from explorer.web.shared.layer_values import layer_values
from explorer.web.shared.models import translator
from explorer.web.shared.translators import stopping
from explorer.web.shared.unit_words import of_name_in_sentences
from explorer.web.shared.units.measured import Measured, measured
from explorer.web.shared.units.unit_rows import row_of

_PARTS: tuple[Part, ...] = ("encoder", "decoder")
_MOST = (3, 1)
"""Units that are shown of the encoder and of the decoder."""
_BEYOND = 0.01
"""What a unit has to know beyond the last two words, so that its numbers say so."""


@dataclass(frozen=True)
class Moved:
    """A named unit over a sentence or its translation.

    Attributes:
        held: Which it is.
        named: What it is known for.
        known: What was measured of its part of the model.
        window: Its first step in the timeline, and the one behind its last.
        gone: Its value furthest from its mean, of those where its label says yes or a number.
    """

    held: Held
    named: NamedUnit
    known: Measured
    window: tuple[int, int]
    gone: float

    @property
    def far(self) -> float:
        """How far it goes, in standard deviations of what it does in other sentences."""
        return float(abs(self.gone - self._measured("mean")) / self._measured("deviation"))

    @property
    def says_yes(self) -> bool:
        """Whether it follows a yes or no."""
        return self.named.label in self.known.binary

    @property
    def other_end(self) -> float:
        """The value furthest from where it goes here, of those that it had in other sentences."""
        low, *_between, high = self._measured("quantiles").tolist()
        return float(low if self.gone - low > high - self.gone else high)

    def _measured(self, name: str) -> Any:
        held = self.held
        return self.known.value(name, layer=held.layer, unit=held.unit, quantity=held.quantity)


def show_moved(frame: Frame, case: Case) -> None:
    """A row for each of a few units, and the translation with the one that is held."""
    timeline, holds = Timeline.of(case.timeline()), frame.address.value(HELD)
    parts = [_moved(case, timeline, part) for part in _PARTS]
    shown = [one for part, most in zip(parts, _MOST, strict=True) for one in part[:most]]
    shown += [one for part in parts for one in part if one.held == holds and one not in shown]
    if not shown:
        st.markdown(_("This model comes without measurements of its units."))
        return
    st.markdown(
        _(
            "The units with a tested meaning that go furthest from their mean over this sentence. "
            "Hold one at its other extreme, and see what becomes of the translation."
        )
    )
    for one in shown:
        _show(frame, timeline, one, is_held=one.held == holds)
        if one.held == holds:
            _show_held(case, one)
    if holds is not None and all(one.held != holds for one in shown):
        st.info(_("This model has no such unit to hold: the translation is as it is."))


def _moved(case: Case, timeline: Timeline, part: Part) -> list[Moved]:
    """Those of one part, the furthest first: one for each label that says yes, then others."""
    known = measured(case.asked.model, part)
    if known is None:
        return []
    ends = (0, timeline.divider) if part == ENCODER else (timeline.divider, len(timeline.tokens))
    labels = SOURCE_LABELS if part == ENCODER else TARGET_LABELS[case.translator.language]
    found = sorted(_named(known, timeline, part, ends, labels), key=lambda one: -one.far)
    units = {one.held: one for one in reversed(found)}  # one unit may follow several labels
    apart = sorted(units.values(), key=lambda one: -one.far)
    first = {one.named.label: one for one in reversed(apart)}
    return sorted(apart, key=lambda one: (first[one.named.label] is not one, not one.says_yes))


def _named(
    known: Measured, timeline: Timeline, part: Part, ends: tuple[int, int], labels: Labels
) -> Iterator[Moved]:
    """The named units whose labels say something of these steps."""
    steps = slice(*ends)
    for named in known.named:
        if named.label not in labels or named.score - named.baseline < _BEYOND:
            continue
        said = np.asarray(labels[named.label](timeline.tokens[steps]), np.float64)  # (T,)
        told = said == 1 if named.label in known.binary else ~np.isnan(said)
        values = layer_values(timeline, named.layer, named.quantity)[steps, named.unit][told]
        if len(values):
            held = Held(part, named.layer, named.quantity, named.unit)
            mean = known.value("mean", layer=held.layer, unit=held.unit, quantity=held.quantity)
            yield Moved(held, named, known, ends, float(values[np.abs(values - mean).argmax()]))


def _show(frame: Frame, timeline: Timeline, one: Moved, *, is_held: bool) -> None:
    held = one.held
    title = _("Encoder, unit {unit}") if held.part == ENCODER else _("Decoder, unit {unit}")
    row = row_of(
        timeline,
        layer=held.layer,
        unit=held.unit,
        quantity=held.quantity,
        title=title.format(unit=held.unit),
        note=of_name_in_sentences(one.named, one.known.binary),
        window=one.window,
        of_words=True,
    )
    series([row], key=frame.address.key(f"moved.{held}"))
    label = _("Let unit {unit} go") if is_held else _("Hold unit {unit} at {value}")
    st.button(
        label.format(unit=held.unit, value=decimal(one.other_end, 2)),
        key=frame.address.key(f"hold.{held}"),
        icon=":material/back_hand:",
        on_click=frame.address.put,
        args=({HELD: None if is_held else held},),
    )


def _show_held(case: Case, one: Moved) -> None:
    """The translation as it is and with the unit held."""
    now = _translated(case, one)
    if now.text == case.now.text:
        said = _("With unit {unit} held, the translation stays the same: log p {before} → {after}.")
        st.markdown(
            said.format(
                unit=one.held.unit,
                before=decimal(case.now.log_prob, 2),
                after=decimal(now.log_prob, 2),
            )
        )
        return
    said = _("As it is: {before}  \nWith unit {unit} held at {value}: {after}")
    st.markdown(
        said.format(
            before=quoted(case.now.text),
            unit=one.held.unit,
            value=decimal(one.other_end, 2),
            after=quoted(now.text),
        )
    )


def _translated(case: Case, one: Moved) -> Translation:
    asked, held = case.asked, one.held
    unit = HeldUnit(held.part, held.layer, held.quantity, held.unit, one.other_end)
    return _with_held(asked.model, case.text, case.prefix, asked.width, asked.alpha, unit)


@st.cache_data(max_entries=64, show_spinner=False)
def _with_held(
    model: str, text: str, prefix: tuple[str, ...], width: int, alpha: float, held: HeldUnit
) -> Translation:
    holder, rule = holding(translator(model), held), stopping(width)
    return translate_from(holder, text, prefix, width=width, alpha=alpha, stopping=rule)
