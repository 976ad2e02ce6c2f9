"""What the chosen model is, and how it and its siblings fared."""

from typing import Any

import pandas as pd
import streamlit as st

from explorer.errors import ExplorerError
from explorer.figures.accuracy import accuracy_lines
from explorer.locale import N_
from explorer.models import catalogue
from explorer.models.card import Card
from explorer.web.figure import show_altair
from explorer.web.frame import Frame, plain

_SITUATIONS = {"recall": N_("recall"), "skip": N_("skip"), "forget": N_("forget")}


def show_card(frame: Frame, card: Card) -> None:
    """The model's card, and its measured figures beside its siblings'."""
    _ = frame.translate
    st.markdown(
        _("{parameters} parameters, trained on: {data}. Licence: {licence}.").format(
            parameters=f"{card.parameters:,}",
            data=plain(card.data.name),
            licence=plain(card.data.licence),
        )
    )
    st.code(card.command, language="bash")
    siblings = _siblings(card)
    if card.task == "recall":
        _show_accuracy(frame, siblings)
    else:
        _show_bits(frame, siblings)


def _show_accuracy(frame: Frame, cards: list[Card]) -> None:
    _ = frame.translate
    st.markdown(
        _("Share of right answers by lag: how many steps lie between the fact and the question.")
    )
    accuracy: Any = {card.name: card.figures["accuracy"] for card in cards}
    names = {situation: _(name) for situation, name in _SITUATIONS.items()}
    show_altair(frame, accuracy_lines(accuracy, situations=names, translate=_), "accuracy")


def _show_bits(frame: Frame, cards: list[Card]) -> None:
    _ = frame.translate
    st.markdown(_("Measured on the last tenth of the text, which no model was trained on:"))
    st.dataframe(
        pd.DataFrame(
            [
                {
                    _("model"): card.name,
                    _("layers"): card.architecture.layers,
                    _("units"): card.architecture.hidden_size,
                    **{_(name): value for name, value in card.figures.items()},
                }
                for card in cards
            ]
        ),
        hide_index=True,
    )


def _siblings(card: Card) -> list[Card]:
    """The cards of all models of the same task that can be read, the chosen one first."""
    found = [card]
    for name in catalogue.names(card.task):
        try:
            found += [catalogue.card(name)] if name != card.name else []
        except ExplorerError:
            continue
    return found
