"""The language of the run, and every message in it."""

import streamlit as st

from explorer.locale import LANGUAGES, preferred, translator

LANGUAGE = "language"
"""The session key of the reader's language."""
_ASKED = "language asked for"


def _(message: str) -> str:
    """A message of the catalogues in the reader's language."""
    return translator(language())(message)


def language() -> str:
    """The reader's language: chosen in this session, or else the browser's."""
    return str(st.session_state.setdefault(LANGUAGE, preferred(st.context.locale)))


def follow_address() -> None:
    """Takes the language of the address over, where that is new."""
    asked = st.query_params.get("lang")
    if asked != st.session_state.get(_ASKED) and asked in LANGUAGES:
        st.session_state[LANGUAGE] = asked
    st.session_state[_ASKED] = asked


def wrote_address() -> None:
    """Tells that the address has the reader's language now."""
    st.session_state[_ASKED] = language()
