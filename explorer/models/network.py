"""Builds the model that an architecture describes. Knows nothing of files."""

import torch

from explorer.models.architecture import Architecture, InfillArchitecture, Seq2SeqArchitecture
from explorer.models.infill import Infill
from explorer.models.language_model import LanguageModel
from explorer.models.seq2seq import Seq2Seq

Network = LanguageModel | Seq2Seq | Infill


def network(architecture: Architecture, *, dropout: float = 0.0) -> Network:
    """A model with weights as PyTorch draws them."""
    if isinstance(architecture, Seq2SeqArchitecture):
        return Seq2Seq(architecture, dropout=dropout)
    if isinstance(architecture, InfillArchitecture):
        return Infill(architecture, dropout=dropout)
    return LanguageModel(architecture, dropout=dropout)


def skeleton(architecture: Architecture) -> Network:
    """The model's names and shapes with no memory behind them (torch's meta device)."""
    with torch.device("meta"):
        return network(architecture)
