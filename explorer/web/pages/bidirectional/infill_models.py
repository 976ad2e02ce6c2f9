"""The models that fill in words, loaded once for all sessions of a server. Brings in torch."""

from collections.abc import Mapping
from types import MappingProxyType

import streamlit as st
import torch
import xarray as xr

from explorer.cloze.filler import Filler, Guesses
from explorer.errors import ExplorerError
from explorer.locale import N_
from explorer.models import catalogue
from explorer.models.architecture import InfillArchitecture, Reads
from explorer.models.infill import Infill

#: The models of the page, in its order, by the sides of the blank that they read.
READS: Mapping[Reads, str] = MappingProxyType(
    {
        "forward": N_("reads what comes before"),
        "both": N_("reads both sides"),
        "backward": N_("reads what comes after"),
    }
)
SHOWN = 6


def name_of(reads: Reads) -> str:
    """The name of the shipped model that reads these sides, as its card says.

    Raises:
        ExplorerError: There is none.
    """
    for name in catalogue.names("infill"):
        sizes = catalogue.card(name).architecture
        if isinstance(sizes, InfillArchitecture) and sizes.reads == reads:
            return name
    raise ExplorerError(
        "A model that fills in words is missing from the folder {folder}; restore it with: "
        "{command}",
        folder="pretrained/",
        command="git checkout -- pretrained",
    )


@st.cache_resource(max_entries=4, show_spinner=False)
def filler(name: str) -> Filler:
    """A shipped model with its words, shared by all threads.

    Raises:
        CheckpointError: Its files are missing or damaged; the next call tries again.
    """
    torch.set_num_threads(1)
    return Filler.of(*catalogue.shipped_as(Infill, name))


@st.cache_data(max_entries=256, show_spinner=False)
def guesses(name: str, sentences: tuple[tuple[str, ...], ...], place: int) -> list[Guesses]:
    """What the model puts at ``place`` of each of the sentences."""
    return filler(name).guess_all(sentences, place, most=SHOWN)


@st.cache_data(max_entries=64, show_spinner=False)
def traced(name: str, tokens: tuple[str, ...]) -> xr.Dataset:
    """Every gate and state of the sentence between its ends."""
    return filler(name).trace(tokens)
