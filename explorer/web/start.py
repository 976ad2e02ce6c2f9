"""The parts of the start page. Brings in no torch: it shows a reading computed beforehand."""

import numpy as np
import streamlit as st

from explorer.figures.heatmap import heatmap, visible
from explorer.figures.palette import COLOURS, NEGATIVE
from explorer.models.catalogue import PRETRAINED
from explorer.recurrence.opening import Opening
from explorer.recurrence.quantities import long_name
from explorer.web.chapter import SECTIONS, Section
from explorer.web.components.strip import Strip, strip
from explorer.web.frame import Frame

_COLUMNS = 4
_ARROW = ":material/arrow_forward:"


def show_opening(frame: Frame) -> None:
    """The sentence that a GRU read, coloured by its update gate, and the units behind the mean.

    Raises:
        ExplorerError: The file that holds it is missing or damaged.
    """
    _ = frame.translate
    opening = Opening.read(PRETRAINED / "opening.json")
    name = _(long_name("gru", opening.quantity))
    tokens = [visible(token) for token in opening.tokens]
    strip(
        Strip(
            tokens=tokens,
            breaks=[False] * len(tokens),
            known=[True] * len(tokens),
            values=opening.values[0],
            colour=COLOURS[opening.quantity],
            negative=NEGATIVE,
            name=name,
            surprise=opening.surprise,
            guesses=[[(visible(t), p) for t, p in of] for of in opening.guesses],
            step=0,
        ),
        key="start.strip",
        translate=_,
    )
    st.caption(
        _(
            "Blue: how much of its old state unit {unit} keeps, which is the first row below. Bar: "
            "the model's surprise at the character. Small: its best guess for the next one."
        ).format(unit=opening.units[0])
    )
    figure = heatmap(
        np.array(opening.values),
        opening.quantity,
        name=name,
        tokens=opening.tokens,
        units=opening.units,
        translate=_,
    )
    st.plotly_chart(figure, key="start.heatmap", config={"displaylogo": False})
    st.page_link(
        "pages/gru.py", label=_("Try it on a text of your own"), icon=":material/arrow_forward:"
    )


def show_map(frame: Frame) -> None:
    """The eight sections, each with a link to its page or the word that it is still to come."""
    for row in range(0, len(SECTIONS), _COLUMNS):
        columns = st.columns(_COLUMNS)
        for column, section in zip(columns, SECTIONS[row : row + _COLUMNS], strict=True):
            with column.container(border=True, height="stretch"):
                _show_section(section, frame)


def _show_section(section: Section, frame: Frame) -> None:
    _ = frame.translate
    st.markdown(f"**{section.number} · {_(section.title)}**")
    st.caption(_(section.shows))
    if section.page:
        st.page_link(f"pages/{section.page}.py", label=_("Open"), icon=_ARROW)
    else:
        st.badge(_("still to come"), color="gray")
