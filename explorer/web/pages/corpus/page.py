"""The corpus page from top to bottom: which pairs, then what becomes of them."""

import streamlit as st

from explorer.locale import paragraph
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.presentation import folded
from explorer.web.kit.views import show_views
from explorer.web.pages.corpus.older_links import meant_by
from explorer.web.pages.corpus.parameters import PIECES, SHOW
from explorer.web.pages.corpus.source import Chosen, choose_source
from explorer.web.pages.corpus.views import VIEWS


def show(frame: Frame) -> None:
    """The pairs, one view of what becomes of them, and how many they are."""
    given = show_views(frame, SHOW.starting(meant_by(frame)), VIEWS, {"pairs": _choose_pairs})
    for chosen in given or ():
        if isinstance(chosen, Chosen):
            _say_sizes(chosen)


def _choose_pairs(frame: Frame, _page: object) -> tuple[Chosen]:
    with folded(_("Sentence pairs"), ":material/tune:"):
        return (choose_source(frame, pieces=frame.address.value(PIECES)),)


def _say_sizes(chosen: Chosen) -> None:
    sizes = [
        _("{side}: {tokens} words and punctuation marks, {words} of them distinct.").format(
            side=name,
            tokens=f"{side.growth['word'].read[-1]:,}",
            words=f"{side.growth['word'].seen[-1]:,}",
        )
        for _which, name, side in chosen.sides
    ]
    pairs = _("Pairs: **{pairs}**, lowercased as in the book.")
    st.markdown(paragraph(pairs.format(pairs=f"{sum(chosen.lengths.pairs):,}"), *sizes))
