"""What a change did to the gates: the new timeline minus the old."""

import numpy as np
import streamlit as st

from explorer.figures.heatmap import heatmap
from explorer.figures.lines import quantity_lines
from explorer.recurrence.quantities import QUANTITIES
from explorer.seq2seq.timeline_difference import difference
from explorer.text.tokens import visible
from explorer.web.kit.figure import show_altair, show_plotly
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import plain, quoted
from explorer.web.kit.widgets import choose
from explorer.web.pages.translation.parameters import CHANGED
from explorer.web.pages.translation.result import Case, Timeline
from explorer.web.shared.layer_values import layer_values
from explorer.web.shared.parameters import LAYER
from explorer.web.shared.quantity_names import quantity_names


def show_difference(frame: Frame, case: Case) -> None:
    """How far the gates moved at each step, and one quantity unit by unit."""
    if not case.changed:
        st.info(
            _(
                "Nothing is changed yet. Choose another word next to the translation, type a "
                "beginning, or replace a source word: this view then shows the effect."
            ),
            icon=":material/info:",
        )
        return
    _say_parting(case)
    moved = Timeline.of(difference(case.timeline(), case.timeline(before=True)))
    layers = range(moved.trace.sizes["layer"])
    layer = choose(frame, _("Layer"), LAYER.starting(layers[-1]), {n: str(n) for n in layers})
    _show_lines(frame, moved, layer)
    _show_units(frame, moved, layer)


def _say_parting(case: Case) -> None:
    old, new = (quoted(translation.text) for translation in (case.before, case.now))
    if case.parting is None:
        st.markdown(_("The model writes the same before and after: {text}").format(text=new))
        return
    st.markdown(
        _("Before: {old}  \nNow: {new}  \nThey differ from word {place} on.").format(
            old=old, new=new, place=case.parting + 1
        )
    )


def _show_lines(frame: Frame, moved: Timeline, layer: int) -> None:
    cell = str(moved.trace.attrs["cell"])
    first = _first_moved(moved, layer)
    if first is None:
        st.markdown(_("No gate and no state of this layer changed."))
        return
    chart = quantity_lines(
        {q: np.abs(layer_values(moved, layer, q)).mean(1) for q in QUANTITIES[cell]},
        names=quantity_names(cell),
        tokens=moved.tokens,
        step=first,
        bounded=False,
        title=_("Mean absolute change of a unit at each step"),
        translate=_,
    )
    show_altair(frame, chart, "difference")
    st.caption(
        _("The line marks the first step that changed: {token}.").format(
            token=plain(visible(moved.tokens[first]))
        )
    )


def _show_units(frame: Frame, moved: Timeline, layer: int) -> None:
    cell = str(moved.trace.attrs["cell"])
    names = quantity_names(cell)
    quantity = choose(frame, _("Unit by unit"), CHANGED, names)
    values = layer_values(moved, layer, quantity)  # (T, H)
    order = np.argsort(-np.abs(values).max(0), kind="stable")
    figure = heatmap(
        values.T[order],
        quantity,
        name=_("{quantity}: changed minus original").format(quantity=names[quantity]),
        tokens=moved.tokens,
        units=order.tolist(),
        divider=moved.divider,
        signed=True,
        translate=_,
    )
    show_plotly(frame, figure, f"difference-{quantity}")
    st.caption(_("The units that changed most are at the top."))


def _first_moved(moved: Timeline, layer: int) -> int | None:
    """The first step at which any unit's state is another, if there is one."""
    steps = (layer_values(moved, layer, "hidden") != 0).any(1).nonzero()[0]
    return int(steps[0]) if len(steps) else None
