"""What is translated, by which model and which search: the first controls. Brings in no torch."""

from dataclasses import dataclass

import streamlit as st

from explorer.locale import N_
from explorer.web.kit.field import sentence_of, type_text
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.widgets import example, number
from explorer.web.pages.translation.parameters import TEXT, WIDTH
from explorer.web.shared.length_exponent import ask_alpha
from explorer.web.shared.references import FIRST
from explorer.web.shared.translators import choose_translator

EXAMPLES = {
    N_("A statement"): FIRST,
    N_("A question"): "Why did you not tell me the truth?",
    N_("A new name"): "I think Zelenka lives in Kraków.",
    N_("Two meanings"): "The old man sat by the bank of the river.",
    N_("A long sentence"): "I thought that you would be happy to see your old friends again "
    "after all these years.",
}


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
    text = _type_sentence(frame)
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
    return Asked(model=model, text=text, width=width, alpha=alpha)


def _type_sentence(frame: Frame) -> str:
    with st.container(horizontal=True, gap="small"):
        for place, (title, text) in enumerate(EXAMPLES.items()):
            example(frame, _(title), {TEXT: text}, key=f"text.example{place}")
    return type_text(frame, _("English sentence"), TEXT, read=sentence_of("en"))
