"""Which source words moved which output word: two methods, one the check on the other."""

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.figures.attribution import attribution_map
from explorer.seq2seq.attribution import Attribution, gradient_times_input, leave_one_out
from explorer.seq2seq.translator import Translation
from explorer.text.numbers import decimal
from explorer.text.pieces import spans
from explorer.text.tokens import visible
from explorer.web.kit.figure import show_plotly
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import plain
from explorer.web.kit.widgets import choose
from explorer.web.pages.translation.parameters import LEFT_OUT, PIECES
from explorer.web.pages.translation.result import Case
from explorer.web.shared.models import translator

_KEPT = "words left out"


def show_words(frame: Frame, case: Case) -> None:
    """Both maps beside each other, and how far they agree."""
    st.markdown(
        _(
            "Nothing in this model points at a source word: without attention, the whole "
            "sentence goes through one state. So the log p of each output word is examined "
            "from outside. *Gradient × input*: how it would respond to a small change of the "
            "source word's embedding. *Leave one out*: how far it falls without the word, "
            "recomputed."
        )
    )
    with st.container(horizontal=True, gap="medium"):
        way = choose(frame, _("How a word is left out"), LEFT_OUT)
        words = not _pieces(case) or choose(frame, _("Rare words"), PIECES) == "joined"
    gradient = _gradient(case.asked.model, case.text, case.now, words)
    without = _without(case, replace=way == "unknown", words=words)
    maps = (
        (gradient, "gradient", _("Gradient × input")),
        (without, "left-out", _("Leave one out")),
    )
    _say_strongest(without)
    for column, (found, file, name) in zip(st.columns(2), maps, strict=True):
        figure = attribution_map(
            found.values,
            source=[*map(visible, found.source)],
            target=[*map(visible, found.target)],
            name=name,
            translate=_,
        )
        with column:
            show_plotly(frame, figure, f"words-{file}")
    _say_agreement(gradient, without)


def _pieces(case: Case) -> bool:
    """Whether a word of the sentence or its translation is in pieces."""
    return any(len(spans(side)) < len(side) for side in (case.now.source, case.now.tokens))


def _say_agreement(gradient: Attribution, without: Attribution) -> None:
    same = gradient.values.argmax(1) == without.values.argmax(1)  # (T + 1,)
    correlation = float(np.corrcoef(gradient.values.ravel(), without.values.ravel())[0, 1])
    st.markdown(
        _(
            "The two methods agree on the most important source word for {same} of {all} "
            "output words; over all cells, their correlation is {correlation}. Leaving out "
            "tests the model itself, though on a sentence with a gap; the gradient is an "
            "approximation."
        ).format(same=int(same.sum()), all=len(same), correlation=decimal(correlation, 2))
    )


def _say_strongest(without: Attribution) -> None:
    place = int(without.values.max(1).argmax())
    word = int(without.values[place].argmax())
    st.markdown(
        _(
            "The strongest dependence: {target} depends on {source}; leaving it out lowers "
            "log p by {nats}."
        ).format(
            target=plain(visible(without.target[place])),
            source=plain(visible(without.source[word])),
            nats=decimal(without.values[place, word], 1),
        )
    )


def _move(bar: DeltaGenerator, share: float) -> None:
    bar.progress(share)


@st.cache_data(max_entries=32, show_spinner=False)
def _gradient(model: str, text: str, translation: Translation, words: bool) -> Attribution:
    return gradient_times_input(
        translator(model), text, translation.tokens, copied=translation.copied, words=words
    )


def _without(case: Case, *, replace: bool, words: bool) -> Attribution:
    """The last map is kept in the session: a cached function could not report its progress."""
    key = (case.asked.model, case.text, case.now, replace, words)
    kept: tuple[object, Attribution] | None = st.session_state.get(_KEPT)
    if kept is not None and kept[0] == key:
        return kept[1]
    bar = st.progress(0.0, _("Leaving out words one by one …"))
    found = leave_one_out(
        case.translator,
        case.text,
        case.now.tokens,
        copied=case.now.copied,
        replace=replace,
        words=words,
        watch=lambda share: _move(bar, share),
    )
    bar.empty()
    st.session_state[_KEPT] = (key, found)
    return found
