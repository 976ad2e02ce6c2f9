"""Every gate and state of encoder and decoder over one sentence and its translation.

The translation is given.
"""

from collections.abc import Sequence

import numpy as np
import torch
import xarray as xr

from explorer.models.recurrent import State
from explorer.recurrence.trace import trace
from explorer.seq2seq.model_input import Sentence, Target, read_source, read_target
from explorer.seq2seq.translator import Translator
from explorer.text.vocabulary import BOS, EOS

ENCODER, DECODER = "encoder", "decoder"


@torch.inference_mode()
def timeline(
    translator: Translator,
    source_text: str,
    tokens: Sequence[str],
    *,
    copied: Sequence[bool] | None = None,
) -> xr.Dataset:
    """One trace of both halves: first the encoder's steps, then the decoder's.

    The encoder reads the source's S tokens and ``<eos>``; the decoder ``<bos>`` and the T tokens
    of the translation, so the state at its last step is the one that decides the end.

    Args:
        translator: The model with its words.
        source_text: A sentence.
        tokens: The translation's tokens.
        copied: Which of them are copies; see `forced`.

    Returns:
        A dataset as `explorer.trace` gives it, over (layer, direction, batch, step, unit) with
        S + T + 2 steps and a batch of one. Coordinates besides the dimensions: ``part`` over
        step, "encoder" or "decoder"; ``token`` over (batch, step), as written; ``read`` over
        (batch, step), as the model reads it (``<unk>``, ``<name>``); ``length`` over batch.

    Raises:
        ExplorerError: The source has no words, or one of the two has too many.
    """
    sentence = read_source(translator, source_text)
    target = read_target(translator, sentence, tokens, copied=copied)
    encoder, decoder = _traces(translator, sentence, target)
    S, T = encoder.sizes["step"], decoder.sizes["step"]
    decoder = decoder.assign_coords(step=np.arange(S, S + T))
    both = xr.concat(
        [encoder, decoder],
        dim="step",
        data_vars="all",
        coords="minimal",
        compat="override",
        join="exact",
        combine_attrs="drop_conflicts",
    )
    read = (*translator.source.decode(sentence.numbers), BOS)
    read = (*read, *translator.target.decode(target.numbers))
    return both.assign_coords(
        part=("step", np.repeat([ENCODER, DECODER], [S, T])),
        length=("batch", np.array([S + T])),
        token=(("batch", "step"), np.array([[*sentence.tokens, EOS, BOS, *target.tokens]])),
        read=(("batch", "step"), np.array([read])),
    )


def _traces(
    translator: Translator, sentence: Sentence, target: Target
) -> tuple[xr.Dataset, xr.Dataset]:
    """The encoder's trace and the decoder's, which starts from the encoder's final state."""
    model = translator.model
    device = model.head_bias.device
    source = torch.tensor([sentence.numbers], device=device)  # (1, S + 1)
    embedded = model.source_embedding(source)  # (1, S + 1, E)
    _, state = model.encoder(embedded)
    ids = torch.tensor([[translator.scorer.begin, *target.numbers]], device=device)  # (1, T + 1)
    inputs = torch.cat(
        [model.target_embedding(ids), _top(state)[:, None].expand(-1, ids.shape[1], -1)], -1
    )  # (1, T + 1, E + H)
    return trace(model.encoder, embedded), trace(model.decoder, inputs, state)


def _top(state: State) -> torch.Tensor:
    """The hidden state of the top layer, (B, H)."""
    hidden = state if isinstance(state, torch.Tensor) else state[0]
    return hidden[-1]
