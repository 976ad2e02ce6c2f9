"""What the three models are, and how well they fill blanks by what stands on either side."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from explorer.figures.sides import sides_map
from explorer.locale import N_
from explorer.models import catalogue
from explorer.models.architecture import InfillArchitecture
from explorer.models.card import Card
from explorer.text.numbers import percent
from explorer.web.kit.figure import show_plotly
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.table import show_table
from explorer.web.kit.widgets import choose
from explorer.web.pages.bidirectional.parameters import FIGURE
from explorer.web.pages.bidirectional.reads import READS, name_of

#: What the shipped cards say in words, for the catalogues.
_SAID = (
    N_(
        "The English sides of English–French sentence pairs; 2,000 sentences held out for "
        "validation and 2,000 for the test (split seed 0)"
    ),
    N_(
        "Small enough to train in minutes on one core; two directions of 160 "
        "units each and one of 246 units have the same number of parameters to within "
        "0.2%. The weights are those with the lowest validation perplexity among the "
        "epochs; the test sentences were not used to choose them."
    ),
)
_LEFT, _RIGHT = "words, ", " on the left"


def show_cards(frame: Frame) -> None:
    """Figures of all words, a map by both sides for each model, and what made them."""
    cards = [catalogue.card(name_of(reads)) for reads in READS]
    _show_table(cards)
    figure = choose(frame, _("Metric"), FIGURE)
    top = max(_values(card, figure)[0] for card in cards)
    for column, card in zip(st.columns(len(cards)), cards, strict=True):
        with column:
            show_plotly(frame, _map(card, figure, top), f"sides-{card.name}")
    st.caption(
        _(
            "By the number of words and punctuation marks on either side of the blank. Only "
            "words are blanked here: punctuation is easier. Measured on 2,000 sentences that "
            "no model was trained on."
        )
    )
    _show_making(cards)


def _show_table(cards: list[Card]) -> None:
    found: list[Any] = [card.figures["words"] for card in cards]
    show_table(
        pd.DataFrame(
            {
                _("model"): [card.name for card in cards],
                _("reads"): [_(READS[_sizes(card).reads]) for card in cards],
                _("units"): [_units(card) for card in cards],
                _("parameters"): [f"{card.parameters:,}" for card in cards],
                _("top-1 accuracy"): [percent(of["top-1"], 1) for of in found],
                _("top-5 accuracy"): [percent(of["top-5"], 1) for of in found],
                _("perplexity"): [f"{of['perplexity']:.1f}" for of in found],
                _("words"): [f"{of['count']:,}" for of in found],
            }
        )
    )


def _sizes(card: Card) -> InfillArchitecture:
    assert isinstance(card.architecture, InfillArchitecture)
    return card.architecture


def _units(card: Card) -> str:
    sizes = _sizes(card)
    return f"2 × {sizes.hidden_size}" if sizes.reads == "both" else str(sizes.hidden_size)


def _cells(card: Card, figure: str) -> dict[str, dict[str, tuple[float, int]]]:
    """The figure and how many blanks it is of, by what stands on the left and on the right."""
    figures: Any = card.figures
    return {
        name.removeprefix(_LEFT).removesuffix(_RIGHT): {
            right.removesuffix(" on the right"): (of[figure], of["count"])
            for right, of in row.items()
        }
        for name, row in figures.items()
        if name.startswith(_LEFT) and name.endswith(_RIGHT)
    }


def _values(card: Card, figure: str) -> list[float]:
    """Its values in falling order."""
    cells = _cells(card, figure)
    return sorted((value for row in cells.values() for value, _n in row.values()), reverse=True)


def _map(card: Card, figure: str, top: float) -> go.Figure:
    return sides_map(
        _cells(card, figure),
        top=1.0 if figure.startswith("top") else top,
        percent=figure.startswith("top"),
        name=_(READS[_sizes(card).reads]),
        left=_("words on the left"),
        right=_("words on the right"),
        count=_("blanks"),
    )


def _show_making(cards: list[Card]) -> None:
    card = cards[0]
    st.markdown(
        _("Trained on: {data}. Licence: {licence}.").format(
            data=_(card.data.name), licence=_(card.data.licence)
        )
    )
    st.caption(_("Selection: {chosen}").format(chosen=_(card.chosen)))
    st.code("\n".join(card.command for card in cards), language=None, wrap_lines=True)
