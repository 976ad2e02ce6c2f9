"""The decoder's gates and state at the chosen prefix. Brings in torch."""

import numpy as np
import streamlit as st
import xarray as xr

from explorer.figures.palette import GATES, reach
from explorer.figures.state import state_picture
from explorer.recurrence.quantities import QUANTITIES
from explorer.seq2seq.gate_timeline import timeline
from explorer.seq2seq.model_input import read_source
from explorer.text.copying import restore
from explorer.text.numbers import decimal, percent
from explorer.web.kit.figure import show_plotly
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.pages.search.result import Case
from explorer.web.shared import models
from explorer.web.shared.heatmaps import pairs
from explorer.web.shared.quantity_names import quantity_names

_SHUT, _OPEN = 0.1, 0.9


def show_inside(frame: Frame, case: Case) -> None:
    """A picture a quantity: the step at which the decoder has read the whole prefix.

    Raises:
        ExplorerError: A text of the model's is none that it reads.
    """
    trace = trace_of(case)
    cell = str(trace.attrs["cell"])
    names = quantity_names(cell)
    for pair in pairs(QUANTITIES[cell]):
        for column, quantity in zip(st.columns(2), pair, strict=False):  # an RNN has one
            at = trace[quantity].values[:, 0, 0, -1]  # (L, H)
            with column:
                _show(frame, quantity, at, names[quantity].capitalize())
    st.caption(
        _(
            "Each square is one unit, after the decoder has read the last token of the "
            "prefix: the probabilities of the next token are computed from this hidden state."
        )
    )


def _show(frame: Frame, quantity: str, at: np.ndarray, name: str) -> None:
    figure = state_picture(at, quantity, top=reach(quantity, at), name=name, translate=_)
    show_plotly(frame, figure, f"prefix-{quantity}")
    if quantity in GATES:
        st.caption(_say(at))


def trace_of(case: Case) -> xr.Dataset:
    """Every gate and state of the model, (L, 1, 1, T, H), T the step of the prefix's last token.

    The token that ends a prefix is not read by anything, and left out.
    """
    tokens = tuple(t for t in case.prefix if t != case.question.scorer.end)
    return _trace(case.asked.kind == "translation", case.asked.subject, case.asked.text, tokens)


@st.cache_data(max_entries=64, show_spinner=False)
def _trace(translates: bool, name: str, text: str, tokens: tuple[int, ...]) -> xr.Dataset:
    if not translates:
        _model, card = models.pretrained(name)
        written = card.words.decode(tokens)
        return models.reading(name, card.words.join(written, after=text)).trace
    translator = models.translator(name)
    source = read_source(translator, text)
    written = translator.target.decode(tokens)
    words, copied = restore(written, source=source.tokens, hidden=source.hidden)
    return timeline(translator, text, words, copied=copied)


def _say(gate: np.ndarray) -> str:
    return _("mean {mean}; nearly closed {shut}, nearly open {open}").format(
        mean=decimal(gate.mean(), 2),
        shut=percent((gate < _SHUT).mean()),
        open=percent((gate > _OPEN).mean()),
    )
