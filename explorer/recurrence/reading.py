"""What a language model makes of a text: its trace, its guesses and its surprise."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
import xarray as xr

from explorer.models.language_model import LanguageModel
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.parity import Parity, compared
from explorer.recurrence.trace import trace
from explorer.text.limits import check_some_characters, check_some_tokens
from explorer.text.vocabulary import Vocabulary


@dataclass(frozen=True)
class Reading:
    """One text as one model reads it, from a zero state; T steps, a vocabulary of V tokens.

    Attributes:
        tokens: The text's tokens as they were written, T of them.
        known: Whether the model has seen each token in training; the others it reads as unknown.
        trace: Every gate and state, as from :func:`explorer.trace`, batch 1.
        log_probs: Natural log-probabilities of the next token after each step, (T, V).
        vocabulary: The names of the V tokens.
        parity: How far the trace and PyTorch's own fused pass are from float64; None where
            interventions were made, since that pass knows none.
    """

    tokens: tuple[str, ...]
    known: tuple[bool, ...]
    trace: xr.Dataset
    log_probs: np.ndarray
    vocabulary: Vocabulary
    parity: Parity | None

    @property
    def bits(self) -> float:
        """The loss: the mean surprise, bits per token; NaN for a text of one token."""
        paid = self.surprise[1:]
        return float(paid.mean()) if len(paid) else float("nan")

    @cached_property
    def surprise(self) -> np.ndarray:
        """−log₂ p of each token given those before it, bits, (T,); NaN at the first."""
        ids = self.vocabulary.encode(self.tokens)
        bits = np.full(len(ids), np.nan)
        bits[1:] = -self.log_probs[np.arange(len(ids) - 1), ids[1:]] / np.log(2)
        return bits

    def guesses(self, count: int) -> tuple[tuple[tuple[str, float], ...], ...]:
        """The ``count`` likeliest next tokens after each step, with their probabilities."""
        order = np.argsort(-self.log_probs, axis=1, kind="stable")[:, :count]  # (T, count)
        shares = np.exp(np.take_along_axis(self.log_probs, order, axis=1))  # (T, count)
        return tuple(
            tuple(zip(self.vocabulary.decode(ids), row, strict=True))
            for ids, row in zip(order.tolist(), shares.tolist(), strict=True)
        )


@torch.inference_mode()
def read(
    model: LanguageModel,
    vocabulary: Vocabulary,
    text: str,
    *,
    interventions: Sequence[Intervention] = (),
) -> Reading:
    """Read a text with a language model.

    Args:
        model: In eval mode; it is left as it was.
        vocabulary: The names of its tokens.
        text: At least one character.
        interventions: What is changed on the way; the predictions follow from it too. One that
            changes no value leaves the reading as it is, bit for bit.

    Raises:
        ExplorerError: The text is empty, or has a token that the model lacks; or the
            interventions cannot be made.
    """
    check_some_characters(text)
    tokens = vocabulary.read(text)
    check_some_tokens(tokens)
    inputs = model.inputs(torch.tensor([vocabulary.encode(tokens)]))  # (1, T, V)
    traced = trace(model.rnn, inputs, tokens=tokens, interventions=interventions)
    last = traced["hidden"].values[-1]  # (1, 1, T, H)
    return Reading(
        tokens=tokens,
        known=tuple(token in vocabulary for token in tokens),
        trace=traced,
        log_probs=model.scores(torch.from_numpy(last[0, 0])).log_softmax(-1).numpy(),  # (T, V)
        vocabulary=vocabulary,
        parity=None if interventions else compared(last, model.rnn, inputs),
    )
