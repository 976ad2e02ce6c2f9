"""Models and readings, loaded once for all sessions of a server."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from explorer.models.checkpoint import Pretrained
    from explorer.recurrence.reading import Reading


@st.cache_resource(max_entries=8, show_spinner=False)
def pretrained(name: str) -> Pretrained:
    """A shipped model with its card, shared by all threads; nothing may be stored on it.

    Raises:
        CheckpointError: Its files are missing or damaged; the next call tries again.
    """
    import torch

    from explorer.models.catalogue import load

    # A second thread beside a busy neighbour made small products 15 to 22 times slower.
    torch.set_num_threads(1)
    return load(name)


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


@st.cache_resource(show_spinner=False)
def warm_up() -> threading.Thread:
    """Imports torch behind the first page, once for the server, so that the next page finds it."""
    thread = threading.Thread(target=_import_reading, name="warm-up", daemon=True)
    thread.start()
    return thread


def _import_reading() -> None:
    import explorer.recurrence.reading  # noqa: F401  (imported for its cost)
