"""The recording that the page for a reader's own opens with."""

import torch
import xarray as xr

from explorer.models.catalogue import load_as
from explorer.models.language_model import LanguageModel
from explorer.recurrence.precomputed_example import TEXTS
from explorer.recurrence.trace import trace
from explorer.text.vocabulary import Vocabulary

MODELS = ("gru-recall", "lstm-recall")


@torch.inference_mode()
def example_recording() -> dict[str, tuple[xr.Dataset, ...]]:
    """What two shipped networks do on the start page's two texts, read side by side."""
    return {name: (_trace(name),) for name in MODELS}


def _trace(name: str) -> xr.Dataset:
    model, card = load_as(LanguageModel, name)
    vocabulary = Vocabulary(card.vocabulary)
    inputs = model.inputs(torch.tensor([vocabulary.encode(text) for text in TEXTS]))  # (2, T, V)
    return trace(model.rnn, inputs, tokens=[*map(list, TEXTS)])
