"""Models and readings, loaded once for all sessions of a server."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from explorer.models.checkpoint import Pretrained
    from explorer.models.language_model import LanguageModel
    from explorer.recurrence.reading import Reading
    from explorer.translation.translator import Translator

#: A browser takes about so long to draw the first page, and torch's import would take its core.
_AFTER_FIRST_PAGE_S = 2.0


@st.cache_resource(max_entries=8, show_spinner=False)
def pretrained(name: str) -> Pretrained[LanguageModel]:
    """A shipped model with its card, shared by all threads; nothing may be stored on it.

    Raises:
        CheckpointError: Its files are missing or damaged; the next call tries again.
    """
    import torch

    from explorer.models.catalogue import shipped_as
    from explorer.models.language_model import LanguageModel

    # A second thread beside a busy neighbour made small products 15 to 22 times slower.
    torch.set_num_threads(1)
    return shipped_as(LanguageModel, name)


@st.cache_resource(max_entries=4, show_spinner=False)
def translator(name: str) -> Translator:
    """A shipped translation model with its words, shared by all threads.

    Raises:
        CheckpointError: Its files are missing or damaged; the next call tries again.
    """
    import torch

    from explorer.models.catalogue import shipped_as
    from explorer.models.seq2seq import Seq2Seq
    from explorer.translation.translator import Translator

    torch.set_num_threads(1)
    return Translator.of(*shipped_as(Seq2Seq, name))


@st.cache_data(max_entries=64, show_spinner=False)
def reading(name: str, text: str) -> Reading:
    """What the model ``name`` makes of ``text``.

    Raises:
        ExplorerError: The text is empty, or the model's files are missing or damaged.
    """
    from explorer.recurrence.reading import read
    from explorer.text.vocabulary import Vocabulary

    model, card = pretrained(name)
    return read(model, Vocabulary(card.vocabulary), text)


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

    import explorer.web.start  # noqa: F401  (imported for its cost)


def _import_reading() -> None:
    import plotly.graph_objects as go

    import explorer.recurrence.reading  # noqa: F401  (imported for its cost)

    go.Figure(go.Heatmap(z=[[0]]))  # plotly loads its classes when they are first used
