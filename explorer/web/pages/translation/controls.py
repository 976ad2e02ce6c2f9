"""What is translated, by which model and which search: the first controls. Brings in no torch."""

from dataclasses import dataclass

import streamlit as st

from explorer.models import catalogue
from explorer.web.kit.field import sentence_of, type_text
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.parameters import Values
from explorer.web.kit.widgets import example, number
from explorer.web.pages.translation.parameters import SHOW, TEXT, WIDTH
from explorer.web.shared.length_exponent import ask_alpha
from explorer.web.shared.translation_examples import examples
from explorer.web.shared.translators import choose_translator


@dataclass(frozen=True)
class Asked:
    """A sentence, a model and a search."""

    model: str
    text: str
    width: int
    alpha: float


def ask(frame: Frame) -> Asked:
    """Model, sentence, beam width and alpha.

    Raises:
        ExplorerError: There is no translation model.
    """
    sentence_place = st.container()
    with st.container(horizontal=True, gap="medium"):
        model = choose_translator(frame)
        width = number(
            frame,
            _("Beam width (1 = greedy)"),
            WIDTH,
            width=190,
            help=_(
                "The beam stops when nothing in it can beat what it has finished; greedy search "
                "stops at its first end token."
            ),
        )
        alpha = ask_alpha(frame)
    with sentence_place:
        text = _type_sentence(frame, model)
    return Asked(model=model, text=text, width=width, alpha=alpha)


def _type_sentence(frame: Frame, model: str) -> str:
    """The sentence; the examples are the model's, and one that goes wrong opens its diagnosis."""
    written = catalogue.card(model).target_language or "fr"
    with st.container(horizontal=True, gap="small"):
        for place, one in enumerate(examples(model, written)):
            values: Values = {TEXT: one.text, **({SHOW: "diagnosis"} if one.fault else {})}
            fault = _(one.fault) if one.fault else None
            example(frame, _(one.title), values, key=f"text.example{place}", look_for=fault)
    return type_text(frame, _("English sentence"), TEXT, read=sentence_of("en"))
