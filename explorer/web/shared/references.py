"""References on more than one page: asked for, and known for our own sentences."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import streamlit as st

from explorer.errors import ExplorerError
from explorer.locale import N_
from explorer.text.limits import LONGEST
from explorer.text.sentences import sentences
from explorer.text.words import Language
from explorer.web.kit.field import read_text, type_text, words_of
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.shared.parameters import MOST_REFERENCES, REFERENCE
from explorer.web.shared.translation_examples import TRANSLATIONS

_LABELS = {
    "fr": N_("References in French, one per line"),
    "zh": N_("References in Chinese, one per line"),
}


def ask_references(frame: Frame, text: str, language: Language) -> tuple[str, ...]:
    """The field for translations, one a line; the project's own where it has one of ``text``.

    Where the reader has typed others, a button brings the project's own back. Of a field with too
    many, or with one that is too long, those before.
    """
    own = _own(language).get(text, "")
    given = type_text(
        frame,
        _(_LABELS[language]),
        replace(REFERENCE, default=own),
        read=lambda typed: _lines(typed, language, MOST_REFERENCES),
        area=True,
        height=80,
    )
    if own and given != (own,):
        st.button(
            _("Use the reference that comes with this sentence"),
            key=frame.address.key("reference.own"),
            icon=":material/undo:",
            on_click=frame.address.take_back,
            args=(REFERENCE,),
        )
    return given


def ask_any_reference(frame: Frame) -> tuple[str, ...]:
    """The field for what a model of any language should have written; none where it is empty."""
    text = type_text(
        frame,
        _("A reference: what the model should have written"),
        replace(REFERENCE, most=LONGEST),
        read=str.strip,
        area=True,
        height=80,
    )
    return (text,) if text else ()


@cache
def _own(language: Language) -> Mapping[str, str]:
    """The project's own translations by their English."""
    own = {one.english: one.translation(language) for one in sentences()}
    return own | {text: of[language] for text, of in TRANSLATIONS.items()}


def _lines(typed: str, language: Language, most: int) -> tuple[str, ...]:
    lines = tuple(line.strip() for line in typed.splitlines() if line.strip())
    if len(lines) > most:
        raise ExplorerError(
            "There are {count} references; at most {most} are shown.",
            count=len(lines),
            most=most,
        )
    for line in lines:
        read_text(line, words_of(language), LONGEST)
    return lines
