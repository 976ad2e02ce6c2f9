"""Models and readings, loaded once for all sessions of a server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from explorer.models.checkpoint import Pretrained
    from explorer.models.language_model import LanguageModel
    from explorer.recurrence.reading import Reading
    from explorer.seq2seq.translator import Translator


@st.cache_resource(max_entries=8, show_spinner=False)
def pretrained(name: str) -> Pretrained[LanguageModel]:
    """A language model with its card, shared by all threads; nothing may be stored on it.

    Raises:
        CheckpointError: Its files are missing or damaged; the next call tries again.
    """
    import torch

    from explorer.models.catalogue import offered_as
    from explorer.models.language_model import LanguageModel

    # A second thread beside a busy neighbour made small products 15 to 22 times slower.
    torch.set_num_threads(1)
    return offered_as(LanguageModel, name)


@st.cache_resource(max_entries=4, show_spinner=False)
def translator(name: str) -> Translator:
    """A translation model with its words, shared by all threads.

    Raises:
        CheckpointError: Its files are missing or damaged; the next call tries again.
    """
    import torch

    from explorer.models.catalogue import offered_as
    from explorer.models.seq2seq import Seq2Seq
    from explorer.seq2seq.translator import Translator

    torch.set_num_threads(1)
    return Translator.of(*offered_as(Seq2Seq, name))


@st.cache_resource(max_entries=2, show_spinner=False)
def hugging_face(name: str) -> tuple[Any, Any]:
    """A Hugging Face model of the reader's own folder and its tokenizer, shared by all threads.

    Raises:
        ExplorerError: It is refused, or `transformers` is not installed; the next call tries again.
    """
    import torch

    from explorer.decoding.adapters import hugging_face_folder
    from explorer.models import catalogue

    torch.set_num_threads(1)
    return hugging_face_folder.load(catalogue.folder(name))


@st.cache_resource(max_entries=64, show_spinner=False)
def reading(name: str, text: str) -> Reading:
    """What the model ``name`` makes of ``text``, shared by all threads; nobody may write into it.

    Raises:
        ExplorerError: The text is empty, or the model's files are missing or damaged.
    """
    from explorer.recurrence.reading import read

    model, card = pretrained(name)
    made = read(model, card.words, text)
    for quantity in made.trace.data_vars.values():
        quantity.values.flags.writeable = False
    made.log_probs.flags.writeable = False
    return made
