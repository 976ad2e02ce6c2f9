"""What is translated, by which model and which search: the first controls. Brings in no torch."""

from dataclasses import dataclass

import streamlit as st

from explorer.models import catalogue
from explorer.text.words import Language
from explorer.web.kit.field import type_text
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.parameters import Values
from explorer.web.kit.widgets import example, number, switch
from explorer.web.pages.translation.parameters import GLOSSES, SHOW, TEXT, WIDTH
from explorer.web.shared.length_exponent import ask_alpha
from explorer.web.shared.translation_examples import examples
from explorer.web.shared.translators import choose_translator, sentence_for


@dataclass(frozen=True)
class Asked:
    """A sentence, a model and a search; and whether its French is to have a gloss."""

    model: str
    text: str
    width: int
    alpha: float
    glossed: bool


def ask(frame: Frame) -> Asked:
    """Model, sentence, beam width and alpha.

    Raises:
        ExplorerError: There is no translation model.
    """
    sentence_place = st.container()
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
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
        glossed = _language(model) == "fr" and _ask_glosses(frame)
    with sentence_place:
        text = _type_sentence(frame, model)
    return Asked(model=model, text=text, width=width, alpha=alpha, glossed=glossed)


def _type_sentence(frame: Frame, model: str) -> str:
    """The sentence; the examples are the model's, and one that goes wrong opens its diagnosis."""
    with st.container(horizontal=True, gap="small"):
        for place, one in enumerate(examples(model, _language(model))):
            values: Values = {TEXT: one.text, **({SHOW: "diagnosis"} if one.fault else {})}
            fault, shows = (_(one.fault), SHOW) if one.fault else (None, None)
            key = f"text.example{place}"
            example(frame, _(one.title), values, key=key, look_for=fault, shows=shows)
    return type_text(frame, _("English sentence"), TEXT, read=sentence_for(model))


def _ask_glosses(frame: Frame) -> bool:
    return switch(
        frame,
        _("English under the French words"),
        GLOSSES,
        help=_(
            "From a small dictionary, one sense a word. “most from” stands under a word that it "
            "lacks: the source word whose absence changes the word's probability most."
        ),
    )


def _language(model: str) -> Language:
    """What a model writes."""
    return catalogue.card(model).target_language or "fr"
