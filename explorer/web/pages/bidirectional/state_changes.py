"""Change one word, and see which states move: behind it in one half, before it in the other."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import streamlit as st

from explorer.cloze.blanked_sentence import Sentence, read
from explorer.cloze.state_changes import Moved, moved
from explorer.errors import ExplorerError
from explorer.experiments import catalogue
from explorer.figures.heatmap import heatmap
from explorer.figures.named import named_lines
from explorer.text.vocabulary import BOS, EOS
from explorer.text.words import tokenise
from explorer.web.kit.errors import readable_errors
from explorer.web.kit.field import type_text
from explorer.web.kit.figure import show_altair, show_plotly
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.widgets import choose
from explorer.web.pages.bidirectional.controls import Asked
from explorer.web.pages.bidirectional.infill_models import filler
from explorer.web.pages.bidirectional.parameters import WHICH, WORD
from explorer.web.pages.bidirectional.reads import name_of
from explorer.web.shared.claims.verdict import show_verdict

#: What fits as well, in the page's own sentences.
_INSTEAD: Mapping[str, str] = MappingProxyType(
    {
        "pig": "cake",
        "hungry": "tired",
        "mother": "father",
        "raining": "late",
        "table": "bed",
        "the": "our",
        "we": "they",
        "i": "you",
    }
)


def show_moves(frame: Frame, asked: Asked) -> None:
    """The reader's own sentence, and then the measurement over many."""
    with readable_errors():
        _show_sentence(frame, read(asked.text, asked.place))
    st.header(_("On the project's own sentences"))
    show_verdict(catalogue.shipped("both-directions"))


def _show_sentence(frame: Frame, sentence: Sentence) -> None:
    with st.container(horizontal=True, gap="medium"):
        which = choose(frame, _("Change"), WHICH)
        place = _place(sentence, which)
        first = _INSTEAD.get(sentence.tokens[place].casefold(), WORD.default)
        word = type_text(
            frame, _("into this word"), WORD.starting(first), read=_one_word, width=220
        )
    result = moved(filler(name_of("both")), sentence.tokens, place, word)
    shown = (BOS, *sentence.tokens, EOS)
    st.markdown(_said(result, place))
    halves = {_("forward half"): result.forward_share, _("backward half"): result.backward_share}
    chart = named_lines(halves, places=shown, x=_("word"), y=_("relative change of the state"))
    show_altair(frame, chart, "moved")
    _show_pictures(frame, result, shown)


def _place(sentence: Sentence, which: str) -> int:
    if which == "first":
        return 0
    if which == "last":
        return max(0, len(sentence.tokens) - 2)  # the mark comes last
    if sentence.blank is None:
        raise ExplorerError("No word is blanked; change the first or the last word.")
    return sentence.blank


def _one_word(text: str) -> str:
    found = tokenise(text, "en")
    if len(found) != 1:
        raise ExplorerError("Give one word, not {count}.", count=len(found))
    return found[0]


def _said(result: Moved, place: int) -> str:
    """How many states of each half moved, by the side of the change."""
    at = place + 1  # behind <bos>
    joined = (result.forward_share > 0) | (result.backward_share > 0)  # (T,)
    counts = [
        (int((share[side] > 0).sum()), len(share[side]))
        for share in (result.forward_share, result.backward_share)
        for side in (slice(0, at), slice(at + 1, None))
    ]
    said = [f"{moves}/{count}" for moves, count in counts]
    return _(
        "Before the changed word, {before} forward states and {before_2} backward states changed; "
        "after it, {behind} forward and {behind_2} backward. Joined: {joined} positions."
    ).format(
        before=said[0],
        behind=said[1],
        before_2=said[2],
        behind_2=said[3],
        joined=f"{int(joined.sum())}/{len(joined)}",
    )


def _show_pictures(frame: Frame, result: Moved, shown: Sequence[str]) -> None:
    halves = {"forward": (_("forward half"), result.forward)}
    halves["backward"] = (_("backward half"), result.backward)
    for column, (name, (title, values)) in zip(st.columns(2), halves.items(), strict=True):
        units = np.argsort(-np.abs(values).sum(0), kind="stable")
        figure = heatmap(
            values.T[units],
            "hidden",
            name=_("{half}: change of the hidden state").format(half=title),
            tokens=shown,
            units=units.tolist(),
            signed=True,
            translate=_,
        )
        with column:
            show_plotly(frame, figure, f"moved-{name}")
