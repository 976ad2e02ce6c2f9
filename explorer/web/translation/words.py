"""Which source words moved which output word: two methods, one the check on the other."""

import numpy as np
import streamlit as st

from explorer.figures.attribution import attribution_map
from explorer.inspection.attribution import Attribution, gradient_times_input, leave_one_out
from explorer.locale import N_
from explorer.translation.translator import Translation
from explorer.web.choice import choose
from explorer.web.figure import show_plotly
from explorer.web.frame import Frame, plain
from explorer.web.models import translator
from explorer.web.translation.case import Case

_LEFT_OUT = {"removed": N_("removed"), "unknown": N_("made unknown")}


def show_words(frame: Frame, case: Case) -> None:
    """Both maps beside each other, and how far they agree."""
    _ = frame.translate
    st.markdown(
        _(
            "Nothing in this model points at a source word: without attention, all of the sentence "
            "goes through one state. So the question is asked from outside, for the log p of each "
            "output word. *Gradient × input*: how it would answer to a small change of the source "
            "word's embedding. *Leave one out*: how far it falls without the word, computed anew."
        )
    )
    ways = {way: _(name) for way, name in _LEFT_OUT.items()}
    way = choose(frame, _("The word left out is"), "left", ways, default="removed")
    with st.spinner(_("Leaving out one word after another …")):
        gradient = _gradient(case.asked.model, case.text, case.now)
        without = _without(case.asked.model, case.text, case.now, replace=way == "unknown")
    maps = ((gradient, _("Gradient × input")), (without, _("Leave one out")))
    for column, (found, name) in zip(st.columns(2), maps, strict=True):
        figure = attribution_map(
            found.values, source=found.source, target=found.target, name=name, translate=_
        )
        with column:
            show_plotly(frame, figure, f"words-{name}")
    _say_agreement(frame, gradient, without)


def _say_agreement(frame: Frame, gradient: Attribution, without: Attribution) -> None:
    _ = frame.translate
    same = gradient.values.argmax(1) == without.values.argmax(1)  # (T + 1,)
    correlation = float(np.corrcoef(gradient.values.ravel(), without.values.ravel())[0, 1])
    st.markdown(
        _(
            "The two name the same source word first for {same} of {all} output words; over all "
            "cells their correlation is {correlation}. Trust leaving out: it is what the model "
            "does without the word. The gradient is a first guess at it."
        ).format(same=int(same.sum()), all=len(same), correlation=f"{correlation:.2f}")
    )
    place = int(without.values.max(1).argmax())
    word = int(without.values[place].argmax())
    st.caption(
        _("Most of all, {target} hangs on {source}: without it, its log p falls by {nats}.").format(
            target=plain(without.target[place]),
            source=plain(without.source[word]),
            nats=f"{without.values[place, word]:.1f}",
        )
    )


@st.cache_data(max_entries=32, show_spinner=False)
def _gradient(model: str, text: str, translation: Translation) -> Attribution:
    return gradient_times_input(
        translator(model), text, translation.tokens, copied=translation.copied
    )


@st.cache_data(max_entries=32, show_spinner=False)
def _without(model: str, text: str, translation: Translation, *, replace: bool) -> Attribution:
    return leave_one_out(
        translator(model), text, translation.tokens, copied=translation.copied, replace=replace
    )
