"""What the chosen model is, and how it and its siblings fared."""

from contextlib import suppress
from typing import Any

import pandas as pd
import streamlit as st

from explorer.errors import ExplorerError
from explorer.locale import N_, enumerated
from explorer.models import catalogue
from explorer.models.card import Card
from explorer.models.own_folder import is_own, title
from explorer.text.numbers import percent
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.table import show_table
from explorer.web.kit.widgets import example
from explorer.web.pages.gates.parameters import SHOW
from explorer.web.shared.claims.parameters import CLAIM
from explorer.web.shared.claims.remembering import both_stories
from explorer.web.shared.download import show_download
from explorer.web.shared.models import reading
from explorer.web.shared.own_card import show_own_card
from explorer.web.shared.reading_controls import Text

#: Under which names a card has what the book's own configuration reached.
_BOOKS = ("beside rnn-book", "beside gru-book", "beside lstm-book")
#: What the shipped cards say in words, for the catalogues.
_SAID = (
    N_("The Time Machine, the last tenth held out"),
    N_(
        "Lu Xun's stories and essays; of a hundred passages five are held out for validation and "
        "five for the test"
    ),
    N_("The recall language: recall, skip and forget at lags 5 to 200"),
    N_("public domain"),
    N_("MIT"),
    N_(
        "The weights are those with the fewest wrong answers on texts made for this "
        "choice; the numbers shown are for other texts."
    ),
    N_(
        "PyTorch's own start, every lag from the first update, 1,500 updates: the same for a plain "
        "RNN, a GRU and an LSTM, to compare what each learns. The weights are those of the epoch "
        "with the fewest wrong answers on texts made for this choice; the numbers shown are for "
        "other texts."
    ),
    N_(
        "Three layers of 128 units; the weights are those of the best held-out epoch, so "
        "the number shown is slightly optimistic."
    ),
    N_(
        "As large as 4 MB of weights allow; the weights with the fewest validation bits among the "
        "epochs and the means of the last ones. The test passages chose nothing."
    ),
    N_(
        "256 units per layer did better on the held-out part than 128, and all three "
        "kinds have the same size; the weights are those of the best held-out epoch, so "
        "the number shown is slightly optimistic."
    ),
)
_LAG = "100"
_BITS = "held-out bits per character"
_TEST_BITS = "test bits per character"
_NGRAMS = "test bits per character of n-grams, interpolated Kneser–Ney"
_SITUATIONS = {"recall": N_("recall"), "skip": N_("skip"), "forget": N_("forget")}


def show_model(frame: Frame, card: Card, text: Text) -> None:
    """The model's card, and what it makes of the text as files."""
    with st.container(key=frame.address.key("card")):
        if is_own(text.model):
            show_own_card(text.model, card)
        else:
            show_card(card)
    if card.task == "recall" and not is_own(text.model):
        with suppress(ExplorerError):
            st.markdown(both_stories())
        example(
            frame,
            _("Let the plain RNNs read a text, too"),
            {SHOW: "claims", CLAIM: "long-dependencies"},
            key="plain",
        )
    st.header(_("Files"))
    show_download(frame, reading(text.model, text.text), title(text.model))


def show_card(card: Card) -> None:
    """The model's card, and its measured figures beside its siblings'."""
    st.markdown(
        _("{parameters} parameters, trained on: {data}. Licence: {licence}.").format(
            parameters=f"{card.parameters:,}",
            data=_(card.data.name),
            licence=_(card.data.licence),
        )
    )
    st.caption(_("Selection: {chosen}").format(chosen=_(card.chosen)))
    st.code(card.command, language=None, wrap_lines=True)
    siblings = _siblings(card)
    if card.task == "recall":
        _show_accuracy(siblings)
    elif _TEST_BITS in card.figures:
        _show_test_bits(siblings)
    else:
        _show_bits(siblings)


def _show_accuracy(cards: list[Card]) -> None:
    st.markdown(_("Accuracy by lag, the number of steps between the key and the question."))
    accuracy: Any = {card.name: card.figures["accuracy"] for card in cards}
    rows = [
        {_("situation"): _(name), _("lag (steps)"): int(lag)}
        | {model: percent(of[situation][lag], 2) for model, of in accuracy.items()}
        for situation, name in _SITUATIONS.items()
        for lag in next(iter(accuracy.values()))[situation]
    ]
    show_table(pd.DataFrame(rows))
    worst = [
        f"{model} {percent(min(by[_LAG] for by in of.values()), 2)}"
        for model, of in accuracy.items()
    ]
    st.markdown(
        _("Accuracy at lag {lag}, each model in its hardest situation: {shares}.").format(
            lag=_LAG,
            shares=enumerated(worst, _),
        )
    )


def _show_bits(cards: list[Card]) -> None:
    st.markdown(
        _(
            "Measured on the last tenth of the text, which no model was trained on: bits per "
            "character; fewer is better. For comparison, the book's own configuration (one "
            "layer, 32 units, 32 steps), trained by the same command."
        )
    )
    show_table(
        pd.DataFrame(
            [
                {
                    _("model"): card.name,
                    _("layers"): card.architecture.layers,
                    _("units"): card.architecture.hidden_size,
                    _("bits per character"): card.figures[_BITS],
                    _("the book's configuration"): _beside(card),
                }
                for card in cards
            ]
        ),
        digits={_("bits per character"): 3, _("the book's configuration"): 3},
    )


def _show_test_bits(cards: list[Card]) -> None:
    """Networks of one text, and below them what counting gives on the same characters."""
    figures: Any = cards[0].figures
    st.markdown(
        _(
            "Measured on {count} characters of the text that were used neither to train nor "
            "to choose any model: bits per character; fewer is better. Below them, what "
            "counting alone achieves: smoothed n-grams, counted on the same part that the "
            "models were trained on. Of the characters measured, {share} are unknown to all "
            "of them."
        ).format(
            count=f"{figures['test characters']:,}",
            share=percent(figures["unknown characters, share"]),
        )
    )
    networks = [(card.name, card.figures[_TEST_BITS]) for card in cards]
    counted = [
        (_("n-gram of order {order}").format(order=order), bits)
        for order, bits in figures[_NGRAMS].items()
    ]
    rows = [
        {_("model"): name, _("bits per character"): bits} for name, bits in [*networks, *counted]
    ]
    show_table(pd.DataFrame(rows), digits={_("bits per character"): 3})


def _beside(card: Card) -> float | None:
    """What the book's own configuration of the same cell reached, as the card says."""
    figures: Any = card.figures
    return next((figures[name][_BITS] for name in _BOOKS if name in figures), None)


def _siblings(card: Card) -> list[Card]:
    """The cards of all models that learned the same and can be read."""
    found = []
    for name in catalogue.names(card.task):
        with suppress(ExplorerError):
            found.append(catalogue.card(name))
    return [sibling for sibling in found if sibling.data == card.data]
