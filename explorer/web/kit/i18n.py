"""The language of the run, and every message in it."""

import streamlit as st

from explorer.locale import preferred, translator
from explorer.web.kit.carried import LANGUAGE


def _(message: str) -> str:
    """A message of the catalogues in the reader's language."""
    return translator(language())(message)


def language() -> str:
    """The reader's language: chosen in this session, or else the browser's."""
    if LANGUAGE.chosen is None:
        LANGUAGE.choose(preferred(st.context.locale))
    return str(LANGUAGE.chosen)
