"""What the start page begins with. Brings in no torch: it shows readings computed beforehand."""

import math

import streamlit as st

from explorer.models import catalogue
from explorer.recurrence.precomputed_example import PrecomputedExample
from explorer.text.tokens import visible
from explorer.web.components.two_texts import Panel, Phase, TwoTexts, playing_texts
from explorer.web.kit.carried import carried
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import literal
from explorer.web.shared.gate_words import ends_of
from explorer.web.shared.parameters import STEP
from explorer.web.shared.pick import picked
from explorer.web.shared.quantity_names import name_in

_ARROW = ":material/arrow_forward:"
_CELL, _GATE, _STATE = "gru", "update", "hidden"


def show_first_picture(frame: Frame) -> None:
    """A symbol that a GRU reads, writes, holds and is asked for, in two texts; and a way to it.

    Raises:
        ExplorerError: The file that holds it is missing or damaged.
    """
    address = frame.address
    example = PrecomputedExample.read(catalogue.PRETRAINED / "opening.json")
    st.markdown(_said(example))
    key = address.key("texts")
    # Links of older versions may name a step that this text has not.
    first = STEP.starting(example.asked).within(0, 999)
    step = min(address.value(first), example.asked)
    autoplay = address.value(first) == first.default
    playing_texts(
        _content(example), key=key, step=step, autoplay=autoplay, on_pick=picked(frame, key)
    )
    st.page_link(
        "pages/gru.py",
        label=_("Open this view, and type texts of your own"),
        icon=_ARROW,
        query_params={**carried(), **_link(example)},
    )


def _said(example: PrecomputedExample) -> str:
    (one, p), (two, q) = (guesses[-1] for guesses in example.guesses)
    return _(
        "**A symbol comes in, a gate writes it, units hold it, and it is read out.** Two texts "
        "differ in one symbol, {one} or {two}. There the update gate of unit {unit} falls, so that "
        "the state is overwritten; then the gate stays near 1, and these units stay apart over "
        "{count} steps of noise, until “?” asks and the GRU answers {one} or {two}, each with at "
        "least {share} probability."
    ).format(
        one=literal(one),
        two=literal(two),
        unit=example.units[0],
        count=example.held,
        share=f"{math.floor(100 * min(p, q))}%",
    )


def _content(example: PrecomputedExample) -> TwoTexts:
    first, second = ([visible(token) for token in text] for text in example.texts)
    one, two = ([(visible(token), p) for token, p in of] for of in example.guesses)
    gate = Panel(
        title=name_in(_CELL, _GATE, example.units[0]),
        note=ends_of(_GATE),
        values=(example.gates[0], example.gates[1]),
        reach=1.0,
        signed=False,
    )
    states = [
        Panel(name_in(_CELL, _STATE, unit), "", (of[0], of[1]), reach=1.0, signed=True)
        for unit, of in zip(example.units, example.states, strict=True)
    ]
    return TwoTexts((first, second), (one, two), [gate, *states], phases=_phases(example))


def _phases(example: PrecomputedExample) -> list[Phase]:
    written, asked = example.written, example.asked
    held = _("held for {count} steps").format(count=example.held)
    return [
        Phase(written, written, _("written")),
        Phase(written + 1, asked - 1, held),
        Phase(asked, asked, _("read out")),
    ]


def _link(example: PrecomputedExample) -> dict[str, str]:
    """The same on the page of the GRU: both texts, the same units."""
    first, *others = example.units
    return {
        "model": example.model,
        "text": example.texts[0],
        "second": example.texts[1],
        "unit": str(first),
        "with": ",".join(map(str, others)),
        "step": str(example.asked),
        "show": "texts",
    }
