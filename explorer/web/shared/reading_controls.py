"""Which model reads what: the first controls of a gate page. Brings in no torch."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from explorer.errors import ExplorerError
from explorer.models import catalogue, own_folder
from explorer.models.card import Card, Task
from explorer.shipped_files import restore_command
from explorer.text.limits import check_some_characters, check_some_tokens
from explorer.web.kit.field import type_text
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.widgets import example, select
from explorer.web.shared.example_texts import EXAMPLES, examples, explained, reads
from explorer.web.shared.own_models import follow_folder, name_shown, say_refused
from explorer.web.shared.parameters import MODEL, READ_TEXT

_READING: tuple[Task, ...] = ("language model", "recall")


@dataclass(frozen=True)
class Text:
    """Which model reads what."""

    model: str
    text: str


def choose_text(frame: Frame, cell: str, *, layers: int = 1) -> tuple[Card, Text]:
    """Model, examples and the reader's own text.

    Args:
        frame: The page's.
        cell: The kind of recurrent cell that the models have.
        layers: How many layers they have at least.

    Raises:
        ExplorerError: No model is there, or the model's card is damaged.
    """
    follow_folder()
    left, middle, right = st.columns([4.4, 5.6, 5], gap="medium")
    with left:
        name = _choose_model(frame, cell, layers)
        card = catalogue.card(name)
        long = not own_folder.is_own(name) and reads(card) == "recall"
        if not long:
            st.caption(_(explained(name, card)))
    with right:
        _offer_examples(frame, name, card)
    with middle:
        text = _type_text(frame, name, card)
    if long:  # what is to be known of its language has no room beside the text
        st.caption(_(explained(name, card)))
    say_refused()
    return card, Text(model=name, text=text)


def _choose_model(frame: Frame, cell: str, layers: int) -> str:
    """A model that reads characters with such a cell, by its card."""
    cards = {name: _card(name) for name in catalogue.offered()}
    # A damaged card may be such a model's: it is listed, and says what is wrong where it is chosen.
    names = [name for name, card in cards.items() if card is None or _fits(card, cell, layers)]
    if not names:
        raise ExplorerError(
            "There is no {cell} in the folder {folder}; restore it with: {command}",
            cell=f"{'deep ' * (layers > 1)}{cell}".upper(),
            folder="pretrained/",
            command=restore_command("pretrained"),
        )
    first = min(names, key=lambda name: (own_folder.is_own(name), _rank(cards[name])))
    titles = {name: _model_label(name) for name in names}
    model = MODEL.starting(first)
    return select(frame, _("Model"), model, titles, then=lambda: _fit_text(frame))


def _card(name: str) -> Card | None:
    try:
        return catalogue.card(name)
    except ExplorerError:
        return None


def _fits(card: Card, cell: str, layers: int) -> bool:
    sizes = card.architecture
    known = sizes.cell.removesuffix("-book")  # the book's GRU is one too
    return card.task in _READING and known == cell and sizes.layers >= layers


def _rank(card: Card | None) -> tuple[bool, bool, bool, int]:
    """Which model is there first: of English text, as the book's, PyTorch's cell, few layers."""
    if card is None:
        return True, True, True, 0
    sizes = card.architecture
    return False, reads(card) != "english", sizes.cell.endswith("-book"), sizes.layers


def _offer_examples(frame: Frame, name: str, card: Card) -> None:
    """Texts to click, and what reads the reader's own."""
    with st.container(horizontal=True, gap="small"):
        for number, one in enumerate(examples(name, card)):
            example(
                frame,
                _(one.title),
                {READ_TEXT: one.text},
                key=f"text.example{number}",
                look_for=_(one.look_for),
            )
        # Leaving the field is what reads it; a thumb needs something to leave it for.
        key = frame.address.key("text.read")
        st.button(_("Read this text"), key=key, icon=":material/play_arrow:")


def _type_text(frame: Frame, name: str, card: Card) -> str:
    return type_text(
        frame,
        _("Text, up to {most} characters").format(most=READ_TEXT.most),
        READ_TEXT.starting(examples(name, card)[0].text),
        read=readable(card),
        area=True,
        counted=True,
        height=68,
    )


def readable(card: Card) -> Callable[[str], str]:
    """Reads a text that a model is given: it has tokens, all of which the model can read."""

    def read(text: str) -> str:
        check_some_characters(text)
        check_some_tokens(card.words.read(text))
        return text

    return read


def _model_label(name: str) -> str:
    """A model's name with what it is; a damaged card must not keep the others from being listed."""
    card = _card(name)
    if card is None:
        return _("{name} (damaged)").format(name=name)
    sizes, shown = card.architecture, name_shown(name)
    if sizes.layers > 1:
        return _("{name}: {layers} × {units} units").format(
            name=shown, layers=sizes.layers, units=sizes.hidden_size
        )
    return _("{name}: {units} units").format(name=shown, units=sizes.hidden_size)


def _fit_text(frame: Frame) -> None:
    """After another model was chosen: a text that it reads, unless the reader's own still fits."""
    name = st.session_state[frame.address.key(MODEL.name)]
    card = _card(name)
    if card is None:
        return
    own = {n: _card(n) for n in catalogue.offered() if own_folder.is_own(n)}
    of_others = {one.text for of in EXAMPLES.values() for one in of}
    of_others |= {examples(n, its)[0].text for n, its in own.items() if its}
    its = [one.text for one in examples(name, card)]
    if st.session_state[frame.address.key(READ_TEXT.name)] in of_others.difference(its):
        frame.address.put({READ_TEXT: its[0]})
