"""Errors as sentences in the reader's language."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from explorer.errors import ExplorerError
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import plain


def sentence(error: ExplorerError) -> str:
    """An error's sentence in the reader's language; its values are shown as they are."""
    values = {
        name: value if isinstance(value, int) else plain(str(value))
        for name, value in error.values.items()
    }
    return _(error.template).format(**values)


@contextmanager
def readable_errors() -> Iterator[None]:
    """Shows an ExplorerError as its sentence; what was drawn before it stays."""
    try:
        yield
    except ExplorerError as error:
        st.error(sentence(error), icon=":material/error:")
