"""What the start page begins with. Brings in no torch: it shows a reading computed beforehand."""

import streamlit as st

from explorer.figures.palette import COLOURS, NEGATIVE
from explorer.models import catalogue
from explorer.recurrence.precomputed_example import PrecomputedExample
from explorer.recurrence.quantities import long_name
from explorer.text.tokens import visible
from explorer.web.components.picture import Picture, picture
from explorer.web.components.strip import Chosen, Strip, likely, strip
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.shared.parameters import STEP
from explorer.web.shared.pick import picked

_ARROW = ":material/arrow_forward:"


def show_first_picture(frame: Frame) -> None:
    """The sentence that a GRU read, coloured by one unit's update gate, and the units beside it.

    Raises:
        ExplorerError: The file that holds it is missing or damaged.
    """
    address = frame.address
    example = PrecomputedExample.read(catalogue.PRETRAINED / "opening.json")
    name = _(long_name("gru", example.quantity))
    step = address.value(STEP.within(0, len(example.tokens) - 1))
    key = address.key("strip")
    strip(_content(example), _chosen(example, step), key=key, on_pick=picked(frame, key))
    st.caption(
        _(
            "Blue: how much of its old state unit {unit} keeps. Bar: the model's surprise at "
            "the character. Small character: its best guess for the next one. Below: {shown} "
            "of its {all} units, those that vary most first."
        ).format(
            unit=example.units[0],
            shown=len(example.units),
            all=catalogue.card(example.model).architecture.hidden_size,
        )
    )
    content = Picture(
        name=name.capitalize(),
        values=example.values,
        units=example.units,
        tokens=[visible(token) for token in example.tokens],
        colour=COLOURS[example.quantity],
    )
    picture(content, key=address.key("picture"))
    st.page_link("pages/gru.py", label=_("Try it on a text of your own"), icon=_ARROW)


def _content(example: PrecomputedExample) -> Strip:
    return Strip(
        tokens=[visible(token) for token in example.tokens],
        word_ends=[token.isspace() for token in example.tokens],
        blanks=[token.isspace() for token in example.tokens],
        line_ends=[False] * len(example.tokens),
        known=[True] * len(example.tokens),
        surprise=example.surprise,
        guesses=likely(example.guesses, example.tokens),
    )


def _chosen(example: PrecomputedExample, step: int) -> Chosen:
    quantity = _(long_name("gru", example.quantity))
    return Chosen(
        step=step,
        unit=example.units[0],
        layer=0,
        values=example.values[0],
        reach=1.0,
        colour=COLOURS[example.quantity],
        negative=NEGATIVE,
        name=_("{quantity} of unit {unit}").format(quantity=quantity, unit=example.units[0]),
    )
