"""BLEU against the length of the source, as the model's card holds it, and the bottleneck."""

from collections.abc import Mapping
from typing import Any, TypeVar

import streamlit as st

from explorer.figures.bleu import bleu_by_length
from explorer.locale import Translate
from explorer.models import catalogue
from explorer.models.card import Card
from explorer.web.encoding.values import Sentence
from explorer.web.figure import show_altair
from explorer.web.frame import Frame, plain

N = TypeVar("N")

_ALL = "all"
_SAID = "beam 5"


def show_length(frame: Frame, model: str, read: tuple[Sentence, ...]) -> None:
    """A line a search over ranges of lengths; the sentences of the page change nothing here."""
    _ = frame.translate
    card = catalogue.card(model)
    figures: Any = card.figures
    scores = {search: _spans(by_span) for search, by_span in figures["BLEU"].items()}
    counts = figures["test sentences"]
    spans = _spans(counts) if isinstance(counts, Mapping) else {}
    names = _names(scores, _)
    st.markdown(_say_bottleneck(frame, card, scores[_SAID], names))
    show_altair(frame, bleu_by_length(scores, spans, names=names, translate=_), "bleu-by-length")
    st.caption(
        _(
            "BLEU of {count} test sentences that the model was not trained on, as its card holds "
            "it; {signature}."
        ).format(
            count=f"{counts[_ALL] if isinstance(counts, Mapping) else counts:,}",
            signature=plain(figures["signature"]),
        )
    )


def _spans(by_span: Mapping[str, N]) -> dict[str, N]:
    """Without the figure of all lengths together."""
    return {span: figure for span, figure in by_span.items() if span != _ALL}


def _names(scores: Mapping[str, Mapping[str, float]], _: Translate) -> dict[str, str]:
    """What searches and ranges are called: ``beam 5`` and ``2 to 4 words`` in the card."""
    widths = {search: search.removeprefix("beam ") for search in scores}
    searches = {
        search: _("greedy search") if width == "1" else _("beam of {width}").format(width=width)
        for search, width in widths.items()
    }
    spans = {span: span.split() for by_span in scores.values() for span in by_span}
    return searches | {
        span: _("{span} words").format(span=f"{words[0]}–{words[2]}")
        for span, words in spans.items()
    }


def _say_bottleneck(
    frame: Frame, card: Card, scores: Mapping[str, float], names: Mapping[str, str]
) -> str:
    _ = frame.translate
    sizes = card.architecture
    parts = 2 if sizes.cell == "lstm" else 1
    (short, first), *_rest, (long, last) = scores.items()
    return _(
        "BLEU is {first} for {short} and {last} for {long} (beam of 5). Whatever the length, all "
        "that the decoder is given are the same {numbers} numbers: this is the bottleneck of an "
        "encoder–decoder without attention."
    ).format(
        first=f"{first:.1f}",
        short=names[short],
        last=f"{last:.1f}",
        long=names[long],
        numbers=parts * sizes.layers * sizes.hidden_size,
    )
