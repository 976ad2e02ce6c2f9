"""What the server imports ahead of the reader: the start page at once, torch behind it."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

#: A browser takes about so long to draw the first page, and torch's import would take its core.
_AFTER_FIRST_PAGE_S = 2.0


@asynccontextmanager
async def warming_up(_app: st.App) -> AsyncIterator[None]:
    """Imports what the first page needs while the first browser is still on its way."""
    thread = threading.Thread(target=_import_start, name="warming up", daemon=True)
    thread.start()
    yield


@st.cache_resource(show_spinner=False)
def import_torch_soon() -> threading.Timer:
    """Imports torch and plotly behind the first page, once for the server, when it is drawn."""
    timer = threading.Timer(_AFTER_FIRST_PAGE_S, _import_reading)
    timer.daemon = True
    timer.start()
    return timer


def _import_start() -> None:
    import pandas  # noqa: F401  (streamlit imports it when it is first sent values)

    import explorer.web.pages.start.first_picture  # noqa: F401  (imported for its cost)


def _import_reading() -> None:
    import plotly.graph_objects as go

    import explorer.recurrence.reading  # noqa: F401  (imported for its cost)

    go.Figure(go.Heatmap(z=[[0]]))  # plotly loads its classes when they are first used
