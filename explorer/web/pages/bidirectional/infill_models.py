"""The models that fill in words, loaded once for all sessions of a server. Brings in torch."""

import streamlit as st
import torch
import xarray as xr

from explorer.cloze.filler import Filler, Guesses
from explorer.models import catalogue
from explorer.models.infill import Infill

SHOWN = 6


@st.cache_resource(max_entries=4, show_spinner=False)
def filler(name: str) -> Filler:
    """A shipped model with its words, shared by all threads.

    Raises:
        CheckpointError: Its files are missing or damaged; the next call tries again.
    """
    torch.set_num_threads(1)
    return Filler.of(*catalogue.offered_as(Infill, name))


@st.cache_data(max_entries=256, show_spinner=False)
def guesses(name: str, sentences: tuple[tuple[str, ...], ...], place: int) -> list[Guesses]:
    """What the model puts at ``place`` of each of the sentences."""
    return filler(name).guess_all(sentences, place, most=SHOWN)


@st.cache_data(max_entries=64, show_spinner=False)
def traced(name: str, tokens: tuple[str, ...]) -> xr.Dataset:
    """Every gate and state of the sentence between its ends."""
    return filler(name).trace(tokens)
