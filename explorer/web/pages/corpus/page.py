"""The corpus page from top to bottom: which pairs, then what becomes of them."""

import streamlit as st

from explorer.locale import paragraph
from explorer.web.kit.errors import readable_errors
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.pages.corpus.controls import settings
from explorer.web.pages.corpus.growth import show_growth
from explorer.web.pages.corpus.lengths import show_lengths
from explorer.web.pages.corpus.minibatch import show_minibatch
from explorer.web.pages.corpus.padding import show_padding
from explorer.web.pages.corpus.source import Chosen, choose_source
from explorer.web.pages.corpus.unknown import show_unknown
from explorer.web.shared.claims.view import show_claims


def show(frame: Frame) -> None:
    """The pairs, five figures of them, and what the chapter claims."""
    with readable_errors():
        set_to = settings(frame)
        chosen = choose_source(frame, pieces=set_to.pieces)
        _say_sizes(chosen)
        show_growth(frame, chosen)
        show_unknown(frame, chosen, set_to)
        show_lengths(frame, chosen, set_to)
        show_minibatch(frame, chosen, set_to)
        show_padding(frame, chosen, set_to)
        st.header(_("Claims"))
        show_claims(frame)


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
