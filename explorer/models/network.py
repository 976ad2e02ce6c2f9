"""Builds the model that an architecture describes."""

import torch
from torch import nn

from explorer.errors import ExplorerError
from explorer.models.architecture import Architecture, InfillArchitecture, Seq2SeqArchitecture
from explorer.models.infill import Infill
from explorer.models.language_model import (
    EmbeddedLanguageModel,
    LanguageModel,
    UntiedLanguageModel,
)
from explorer.models.seq2seq import Seq2Seq

Network = LanguageModel | Seq2Seq | Infill


MOST = 1 << 25
"""Parameters of the largest model that is made or read: 64 MiB of float16."""
MOST_BYTES = 2 * MOST
"""Bytes of its weights, so a model in float32 may have half as many."""


def network(
    architecture: Architecture, *, dropout: float = 0.0, weight_dropout: float = 0.0
) -> Network:
    """A model with weights as PyTorch draws them.

    Args:
        architecture: Its sizes.
        dropout: Share of units left out while training.
        weight_dropout: Share of recurrent weights, of a language model with embeddings.

    Raises:
        ExplorerError: It would have more than `MOST` parameters.
    """
    skeleton(architecture)  # refused before anything is allocated
    return _built(architecture, dropout, weight_dropout)


def skeleton(architecture: Architecture) -> Network:
    """The model's names and shapes with no memory behind them (torch's meta device).

    Raises:
        ExplorerError: It would have more than `MOST` parameters.
    """
    with torch.device("meta"):
        model = _built(architecture, 0.0, 0.0)
    count = parameters(model)
    if count > MOST:
        raise ExplorerError(
            "A model of this size would have {count} parameters; at most {most} are allowed.",
            count=count,
            most=MOST,
        )
    return model


def parameters(model: nn.Module) -> int:
    """How many numbers a model learns."""
    return sum(weights.numel() for weights in model.parameters())


def _built(architecture: Architecture, dropout: float, weight_dropout: float) -> Network:
    if isinstance(architecture, Seq2SeqArchitecture):
        return Seq2Seq(architecture, dropout=dropout)
    if isinstance(architecture, InfillArchitecture):
        return Infill(architecture, dropout=dropout)
    if architecture.embedding_size is None:
        return LanguageModel(architecture, dropout=dropout)
    if architecture.head == "linear":
        return UntiedLanguageModel(architecture, dropout=dropout)
    return EmbeddedLanguageModel(architecture, dropout=dropout, weight_dropout=weight_dropout)
