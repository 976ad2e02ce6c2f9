"""A question's answer, computed once for all who ask the same."""

from collections.abc import Mapping
from importlib import import_module
from typing import cast

import streamlit as st

from explorer.web.kit.i18n import language
from explorer.web.tours.tour import Answer, Question

_ANSWERS = "explorer.web.tours.answers"


def inputs(question: Question, view: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What the answer depends on, as the address has it."""
    return tuple((name, view[name]) for name in question.of if name in view)


def answered(question: Question, view: Mapping[str, str]) -> Answer:
    """The answer for what the address says.

    Raises:
        ExplorerError: It cannot be computed, such as for a text that the model cannot read.
    """
    return _answered(question.answer, inputs(question, view), language())


@st.cache_data(max_entries=256, show_spinner=False)
def _answered(path: str, view: tuple[tuple[str, str], ...], language: str) -> Answer:
    module, name = path.split(":")
    return cast(Answer, getattr(import_module(f"{_ANSWERS}.{module}"), name)(dict(view)))
