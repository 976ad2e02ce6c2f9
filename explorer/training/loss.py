"""What a model that predicts the next token pays, in nats."""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from explorer.models.card import Precision
from explorer.models.language_model import EmbeddedLanguageModel
from explorer.models.seq2seq import Seq2Seq
from explorer.training.fused import fused_cross_entropy
from explorer.training.precision import DTYPES
from explorer.training.task import Batch


def next_token(model: nn.Module, batch: Batch, state: Any) -> tuple[Tensor, Any]:
    """The weighted cross-entropy of a language model, and its state behind the batch."""
    logits, state = model(batch.inputs, state)  # (B, T, V)
    # Another layout rounds otherwise, and the shipped weights would not come out again.
    losses = cross_entropy(logits.transpose(1, 2), batch.targets, reduction="none")  # (B, T)
    return (batch.weights * losses).sum(), state


def next_embedded(
    model: EmbeddedLanguageModel, batch: Batch, state: Any, *, precision: Precision
) -> tuple[Tensor, Any]:
    """The same over thousands of tokens, whose logits are never all there (`fused`).

    Args:
        model: A language model with embeddings.
        batch: Windows of a text.
        state: Where the model stood behind the batch before; or None.
        precision: What matrices are multiplied in; weights and sums are float32.
    """
    kind = batch.inputs.device.type
    with torch.autocast(kind, torch.bfloat16, enabled=precision == "bfloat16"):
        written, state = model.write(batch.inputs, state)  # (B, T, E)
    loss = fused_cross_entropy(
        written.float().flatten(0, 1),
        model.embedding.weight,
        model.head_bias,
        batch.targets.flatten(),
        batch.weights.flatten(),
        precision=DTYPES[precision],
    )
    return loss, state


def next_target(model: Seq2Seq, batch: Batch, *, smoothing: float, precision: Precision) -> Tensor:
    """The weighted cross-entropy of a decoder that reads the reference (teacher forcing).

    Padding, whose weight is 0, is left out before the head: it neither counts nor costs.

    Args:
        model: Encoder and decoder.
        batch: Sentence pairs.
        smoothing: Share of every target that is spread evenly over the vocabulary (label
            smoothing; Szegedy et al. 2016, section 7).
        precision: What matrices are multiplied in; weights and sums are float32.
    """
    assert batch.source is not None
    kind = batch.inputs.device.type
    with torch.autocast(kind, torch.bfloat16, enabled=precision == "bfloat16"):
        written, _ = model.write(batch.inputs, batch.source)  # (B, T, E)
    counted = batch.weights > 0  # (B, T)
    return fused_cross_entropy(
        written[counted].float(),
        model.target_embedding.weight,
        model.head_bias,
        batch.targets[counted],
        batch.weights[counted],
        smoothing=smoothing,
        precision=DTYPES[precision],
    )
