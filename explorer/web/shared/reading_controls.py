"""Which model reads what: the first controls of a gate page. Brings in no torch."""

from dataclasses import dataclass

import streamlit as st

from explorer.errors import ExplorerError
from explorer.models import catalogue
from explorer.models.card import Card, Task
from explorer.web.kit.field import some_characters, type_text
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.shared.example_texts import EXAMPLES, EXPLAINED, LONGEST, reads

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
    left, right = st.columns([2, 3], gap="large")
    with left:
        name = _choose_model(frame, cell, layers)
        card = catalogue.card(name)
        st.caption(_(EXPLAINED[reads(card)]))
    with right:
        text = _type_text(frame, card)
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
            command="git checkout -- pretrained",
        )
    first = min(names, key=lambda name: _rank(cards[name]))
    key = frame.address.choice("model", first, names)
    return st.selectbox(
        _("Model"),
        names,
        key=key,
        on_change=_begin_anew,
        args=(frame, key),
        format_func={name: _model_label(name) for name in names}.__getitem__,
    )


def _card(name: str) -> Card | None:
    try:
        return catalogue.card(name)
    except ExplorerError:
        return None


def _fits(card: Card, cell: str, layers: int) -> bool:
    sizes = card.architecture
    return card.task in _READING and sizes.cell == cell and sizes.layers >= layers


def _rank(card: Card | None) -> tuple[bool, bool, int]:
    """Which model is there first: one of English text, as the book's, of the fewest layers."""
    if card is None:
        return True, True, 0
    return False, reads(card) != "english", card.architecture.layers


def _type_text(frame: Frame, card: Card) -> str:
    key = frame.address.key("text")
    with st.container(horizontal=True, gap="small"):
        for number, example in enumerate(EXAMPLES[reads(card)]):
            st.button(
                _(example.title),
                help=_(example.look_for),
                key=f"{key}.example{number}",
                on_click=_set_text,
                args=(frame, example.text),
            )
    text = type_text(
        frame,
        _("Text, up to {most} characters").format(most=LONGEST),
        "text",
        EXAMPLES[reads(card)][0].text,
        read=some_characters,
        most=LONGEST,
        area=True,
        counted=True,
        height=90,
    )
    # Leaving the field is what reads it; a thumb needs something to leave it for.
    st.button(_("Read this text"), key=f"{key}.read", icon=":material/play_arrow:")
    return text


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


def _set_text(frame: Frame, text: str) -> None:
    st.session_state[frame.address.key("text")] = text
    frame.address.forget("step")


def _begin_anew(frame: Frame, model_key: str) -> None:
    """After another model was chosen: a text that it reads, unless the reader's own still fits."""
    examples = {example.text: kind for kind, of in EXAMPLES.items() for example in of}
    text = st.session_state[frame.address.key("text")]
    card = _card(st.session_state[model_key])
    if card is None:
        return
    kind = reads(card)
    if text in examples and examples[text] != kind:
        _set_text(frame, EXAMPLES[kind][0].text)
