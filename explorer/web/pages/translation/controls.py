"""What is translated, by which model and which search: the first controls. Brings in no torch."""

from dataclasses import dataclass

import streamlit as st

from explorer.locale import N_
from explorer.web.kit.field import sentence_of, type_text
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.shared.length_exponent import ask_alpha
from explorer.web.shared.references import FIRST
from explorer.web.shared.translators import choose_translator

EXAMPLES = {
    N_("A statement"): FIRST,
    N_("A question"): "Why did you not tell me the truth?",
    N_("A new name"): "Zelenka met Mr. Quimby in Kraków.",
    N_("Two meanings"): "The old man sat by the bank of the river.",
    N_("A long sentence"): "I thought that you would be happy to see your old friends again "
    "after all these years.",
}
WIDEST = 20


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
    address = frame.address
    text = _type_sentence(frame)
    with st.container(horizontal=True, gap="medium"):
        model = choose_translator(frame)
        width = st.number_input(
            _("Beam width (1 = greedy)"),
            1,
            WIDEST,
            key=address.number("beam", 5, 1, WIDEST),
            width=190,
            help=_(
                "The beam stops when nothing in it can beat what it has finished; greedy search "
                "stops at its first end token."
            ),
        )
        alpha = ask_alpha(frame, default=0.75)
    return Asked(model=model, text=text, width=width, alpha=alpha)


def _type_sentence(frame: Frame) -> str:
    key = frame.address.key("text")
    with st.container(horizontal=True, gap="small"):
        for number, (title, text) in enumerate(EXAMPLES.items()):
            st.button(
                _(title), key=f"{key}.example{number}", on_click=_set_text, args=(frame, text)
            )
    return type_text(
        frame,
        _("English sentence"),
        "text",
        FIRST,
        read=sentence_of("en"),
        changed=lambda: _forget_the_old_sentence(frame),
    )


def _set_text(frame: Frame, text: str) -> None:
    st.session_state[frame.address.key("text")] = text
    _forget_the_old_sentence(frame)


def _forget_the_old_sentence(frame: Frame) -> None:
    """A change and a reference are of one sentence; another one begins without."""
    for name in ("prefix", "tokens", "forced", "swap", "for", "reference", "step"):
        frame.address.forget(name)
