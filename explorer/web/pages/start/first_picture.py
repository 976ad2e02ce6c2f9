"""What the start page begins with. Brings in no torch: it shows a reading computed beforehand."""

import streamlit as st

from explorer.figures.palette import COLOURS, NEGATIVE
from explorer.models import catalogue
from explorer.recurrence.precomputed_example import Opening
from explorer.recurrence.quantities import long_name
from explorer.text.tokens import visible
from explorer.web.components.picture import Picture, picture
from explorer.web.components.strip import Strip, likely, strip
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.shared.pick import picked

_ARROW = ":material/arrow_forward:"


def show_opening(frame: Frame) -> None:
    """The sentence that a GRU read, coloured by one unit's update gate, and the units beside it.

    Raises:
        ExplorerError: The file that holds it is missing or damaged.
    """
    address = frame.address
    opening = Opening.read(catalogue.PRETRAINED / "opening.json")
    name = _(long_name("gru", opening.quantity))
    step = st.session_state[address.number("step", 0, 0, len(opening.tokens) - 1)]
    key = address.key("strip")
    strip(_content(frame, opening, step), key=key, on_pick=picked(frame, key))
    st.caption(
        _(
            "Blue: how much of its old state unit {unit} keeps. Bar: the model's surprise at the "
            "character. Small: its best guess for the next one. Below: {shown} of its {all} units, "
            "those that vary most first."
        ).format(
            unit=opening.units[0],
            shown=len(opening.units),
            all=catalogue.card(opening.model).architecture.hidden_size,
        )
    )
    content = Picture(
        name=name.capitalize(),
        values=opening.values,
        units=opening.units,
        tokens=[visible(token) for token in opening.tokens],
        colour=COLOURS[opening.quantity],
        step=step,
        unit=opening.units[0],
    )
    picture(content, key=address.key("picture"))
    st.page_link("pages/gru.py", label=_("Try it on a text of your own"), icon=_ARROW)


def _content(frame: Frame, opening: Opening, step: int) -> Strip:
    quantity = _(long_name("gru", opening.quantity))
    return Strip(
        tokens=[visible(token) for token in opening.tokens],
        word_ends=[token.isspace() for token in opening.tokens],
        blanks=[token.isspace() for token in opening.tokens],
        line_ends=[False] * len(opening.tokens),
        known=[True] * len(opening.tokens),
        values=opening.values[0],
        shades=opening.values[0],
        colour=COLOURS[opening.quantity],
        negative=NEGATIVE,
        name=_("{quantity} of unit {unit}").format(quantity=quantity, unit=opening.units[0]),
        surprise=opening.surprise,
        guesses=likely(opening.guesses, opening.tokens),
        step=step,
        unit=opening.units[0],
        layer=0,
    )
