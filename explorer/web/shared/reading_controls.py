"""Which model reads what: the first controls of a gate page. Brings in no torch."""

from dataclasses import dataclass

import streamlit as st

from explorer.errors import ExplorerError
from explorer.models import catalogue
from explorer.models.card import Card, Task
from explorer.shipped_files import restore_command
from explorer.web.kit.field import some_characters, type_text
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.widgets import example, select
from explorer.web.shared.example_texts import EXAMPLES, EXPLAINED, reads
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
    left, middle, right = st.columns([4, 6, 5], gap="medium")
    with left:
        name = _choose_model(frame, cell, layers)
        card = catalogue.card(name)
        if reads(card) != "recall":
            st.caption(_(EXPLAINED[reads(card)]))
    with right:
        _offer_examples(frame, card)
    with middle:
        text = _type_text(frame, card)
    if reads(card) == "recall":  # what is to be known of its language has no room beside the text
        st.caption(_(EXPLAINED[reads(card)]))
    return card, Text(model=name, text=text)


def _choose_model(frame: Frame, cell: str, layers: int) -> str:
    """A model that reads characters with such a cell, by its card."""
    cards = {name: _card(name) for name in catalogue.names()}
    # A damaged card may be such a model's: it is listed, and says what is wrong where it is chosen.
    names = [name for name, card in cards.items() if card is None or _fits(card, cell, layers)]
    if not names:
        raise ExplorerError(
            "There is no {cell} in the folder {folder}; restore it with: {command}",
            cell=f"{'deep ' * (layers > 1)}{cell}".upper(),
            folder="pretrained/",
            command=restore_command("pretrained"),
        )
    first = min(names, key=lambda name: _rank(cards[name]))
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


def _offer_examples(frame: Frame, card: Card) -> None:
    """Texts to click, and what reads the reader's own."""
    examples = EXAMPLES[reads(card)]
    with st.container(horizontal=True, gap="small"):
        for number, one in enumerate(examples):
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


def _type_text(frame: Frame, card: Card) -> str:
    return type_text(
        frame,
        _("Text, up to {most} characters").format(most=READ_TEXT.most),
        READ_TEXT.starting(EXAMPLES[reads(card)][0].text),
        read=some_characters,
        area=True,
        counted=True,
        height=68,
    )


def _model_label(name: str) -> str:
    """A model's name with what it is; a damaged card must not keep the others from being listed."""
    card = _card(name)
    if card is None:
        return _("{name} (damaged)").format(name=name)
    sizes = card.architecture
    if sizes.layers > 1:
        return _("{name}: {layers} × {units} units").format(
            name=name, layers=sizes.layers, units=sizes.hidden_size
        )
    return _("{name}: {units} units").format(name=name, units=sizes.hidden_size)


def _fit_text(frame: Frame) -> None:
    """After another model was chosen: a text that it reads, unless the reader's own still fits."""
    examples = {one.text: kind for kind, of in EXAMPLES.items() for one in of}
    card = _card(st.session_state[frame.address.key(MODEL.name)])
    if card is None:
        return
    kind = examples.get(st.session_state[frame.address.key(READ_TEXT.name)])
    if kind not in (None, reads(card)):
        frame.address.put({READ_TEXT: EXAMPLES[reads(card)][0].text})
