"""BLEU against the length of the source, as the model's card holds it, and the bottleneck."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from explorer.figures.bleu import bleu_by_length
from explorer.models import catalogue
from explorer.models.card import Card
from explorer.text.numbers import decimal
from explorer.web.kit.figure import show_altair
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import plain
from explorer.web.shared.translators import ALL, search_names, span_names

_SAID = "beam 5"


def show_length(frame: Frame, model: str) -> None:
    """A line a search over ranges of lengths."""
    card = catalogue.card(model)
    figures: Any = card.figures
    counts = figures["test sentences"]
    spans = {span: count for span, count in counts.items() if span != ALL}
    scores = {
        search: {span: by_span[span] for span in spans}
        for search, by_span in figures["BLEU"].items()
    }
    names = search_names(scores) | span_names(spans)
    st.markdown(_say_bottleneck(card, scores[_SAID], names))
    show_altair(frame, bleu_by_length(scores, spans, names=names, translate=_), "bleu-by-length")
    st.caption(
        _(
            "BLEU on {count} test sentences that the model was not trained on, from its "
            "model card; sacreBLEU {signature}."
        ).format(count=f"{counts[ALL]:,}", signature=plain(figures["signature"]))
    )


def _say_bottleneck(card: Card, scores: Mapping[str, float], names: Mapping[str, str]) -> str:
    sizes = card.architecture
    parts = 2 if sizes.cell == "lstm" else 1
    (short, first), *_rest, (long, last) = scores.items()
    return _(
        "BLEU is {first} for {short} and {last} for {long} (beam width 5). Whatever the "
        "length, the decoder is given the same {numbers} numbers and nothing else: this "
        "is the bottleneck of an encoder–decoder without attention."
    ).format(
        first=decimal(first, 1),
        short=names[short],
        last=decimal(last, 1),
        long=names[long],
        numbers=parts * sizes.layers * sizes.hidden_size,
    )
