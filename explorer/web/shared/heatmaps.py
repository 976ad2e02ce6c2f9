"""Every quantity as a picture, units down and steps across."""

from collections.abc import Hashable

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from explorer.figures.heatmap import heatmap
from explorer.locale import translator
from explorer.web.kit.figure import show_plotly
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _, language
from explorer.web.kit.widgets import choose, titles_of
from explorer.web.shared.focus import Focus
from explorer.web.shared.layer_values import Traced, half_lives, has_half_lives, layer_values
from explorer.web.shared.parameters import ORDER
from explorer.web.shared.quantity_names import names_of

_MOST_UNITS = 512
"""Rows of a heatmap: more are narrower than a line of the screen."""


def show_heatmaps(
    frame: Frame,
    traced: Traced,
    focus: Focus,
    *,
    of: Hashable,
    basis: Traced | None = None,
    divider: int | None = None,
) -> None:
    """Units down, steps across, one picture a quantity.

    Args:
        frame: The page's frame.
        traced: What is shown.
        focus: What the reader looks at.
        of: What the trace was made from; the pictures are kept under it.
        basis: The part of it by which units are ordered; all of it, if none is given.
        divider: The step in front of which a line is drawn.
    """
    orders = titles_of(ORDER)
    if not has_half_lives(traced):
        del orders["half-life"]
    with st.container(horizontal=True, gap="large"):
        order = choose(frame, _("Order the units by"), ORDER, orders)
    ordered = _ordered(basis or traced, focus, order)
    shown, names = ordered[:_MOST_UNITS], names_of(traced.trace)
    units = np.asarray(shown, np.int32).tobytes()  # a tuple takes Streamlit milliseconds to hash
    for pair in pairs(tuple(names)):
        for column, quantity in zip(st.columns(2), pair, strict=False):
            figure = _figure(
                of,
                traced,
                language(),
                quantity,
                names[quantity],
                layer=focus.layer,
                units=units,
                divider=divider,
            )
            with column:
                show_plotly(frame, figure, quantity)
    st.caption(_("Click a cell to choose its step and unit."))
    if len(ordered) > len(shown):
        st.caption(
            _("{shown} of {all} units, the first of this order.").format(
                shown=len(shown), all=len(ordered)
            )
        )


@st.cache_resource(max_entries=64, show_spinner=False)
def _figure(
    of: Hashable,
    _traced: Traced,  # not part of the key: `of` says what it is
    lang: str,
    quantity: str,
    name: str,
    *,
    layer: int,
    units: bytes,
    divider: int | None,
) -> go.Figure:
    """A heatmap, kept: it does not depend on the step, and building it costs more than showing."""
    order = np.frombuffer(units, np.int32).tolist()
    values = layer_values(_traced, layer, quantity).T[order]  # (H, T)
    return heatmap(
        values,
        quantity,
        name=name,
        tokens=_traced.tokens,
        units=order,
        divider=divider,
        translate=translator(lang),
    )


def _ordered(traced: Traced, focus: Focus, order: str) -> list[int]:
    """The units in the order of drawing."""
    if order == "mean":
        return _descending(layer_values(traced, focus.layer, focus.quantity).mean(0))
    if order == "half-life":
        return _descending(half_lives(traced, focus.layer))
    return list(range(traced.trace.sizes["unit"]))


def _descending(values: np.ndarray) -> list[int]:
    return [int(unit) for unit in np.argsort(-values, kind="stable")]


def pairs(quantities: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Two beside each other; a phone then stacks them in their own order."""
    return [quantities[at : at + 2] for at in range(0, len(quantities), 2)]
