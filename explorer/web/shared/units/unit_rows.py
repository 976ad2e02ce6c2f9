"""Units of a text as rows, and what opens one of them."""

from collections.abc import Callable

import streamlit as st

from explorer.figures.palette import GATES, NEGATIVE, colour_of, reach
from explorer.text.tokens import visible
from explorer.web.components.series import Row
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.parameters import Choice
from explorer.web.shared.layer_values import Traced, layer_values
from explorer.web.shared.parameters import LAYER, UNIT_NUMBER

#: Which view is open, as the pages that have units declare it: each calls this one so.
_SHOW = Choice("show", "")
_UNIT = "unit"


def row_of(
    traced: Traced,
    *,
    layer: int,
    unit: int,
    quantity: str,
    note: str = "",
    title: str | None = None,
    of_words: bool = False,
    window: tuple[int, int] | None = None,
    marked: tuple[int, int] = (0, 0),
) -> Row:
    """A unit over a text, or over a window of it, in which the marked steps are framed.

    Args:
        traced: The text.
        layer: The unit's.
        unit: Its number.
        quantity: What is drawn of it.
        note: A line on what it does.
        title: What it is called, if not by its number.
        of_words: Whether tokens are words, which stand apart.
        window: The first step of the window, and the one behind the last.
        marked: The same of the framed steps, in the text.
    """
    first, behind = window or (0, len(traced.tokens))
    values = layer_values(traced, layer, quantity)[first:behind, unit]  # (T,)
    tokens, gap = traced.tokens[first:behind], "\N{NO-BREAK SPACE}" if of_words else ""
    return Row(
        title=title_of(traced, layer, unit) if title is None else title,
        note=note,
        unit=unit,
        layer=layer,
        tokens=[visible(token) + gap for token in tokens],
        word_ends=[of_words or token.isspace() for token in tokens],
        values=values.tolist(),
        reach=reach(quantity, values),
        colour=colour_of(quantity),
        negative=None if quantity in GATES else NEGATIVE,
        marked=(marked[0] - first, marked[1] - first),
    )


def title_of(traced: Traced, layer: int, unit: int) -> str:
    """What a unit is called: by its layer too where there are several."""
    several = traced.trace.sizes["layer"] > 1
    named = _("Layer {layer}, unit {unit}") if several else _("Unit {unit}")
    return named.format(layer=layer, unit=unit)


def opened(frame: Frame, key: str) -> Callable[[], None]:
    """The callback of rows: opens the unit that was chosen of them."""

    def open_one() -> None:
        asked = st.session_state[key]["open"]
        open_unit(frame, int(asked["unit"]), int(asked["layer"]))

    return open_one


def open_unit(frame: Frame, unit: int, layer: int) -> None:
    """Opens a unit's view, from a callback."""
    frame.address.put({_SHOW: _UNIT, UNIT_NUMBER: unit, LAYER: layer})
