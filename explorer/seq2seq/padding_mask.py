"""What padding does to the loss and to the encoder's state where it is not masked.

Sentences of a minibatch are padded to one length. A loss that counts padding as targets measures
something else, and an encoder that reads on behind a sentence's end hands over another state.
Source: *Dive into Deep Learning*, section 9.7.3 (the masked loss).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy
from torch.nn.utils.rnn import pad_sequence

from explorer.errors import ExplorerError
from explorer.models.seq2seq import DecoderState, Seq2Seq, Source
from explorer.seq2seq.model_input import read_source, target_tokens
from explorer.seq2seq.scorer import source_batch
from explorer.seq2seq.translator import Translator
from explorer.text.copying import hide_shared
from explorer.text.vocabulary import BOS, EOS, PAD

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Masking:
    """A minibatch of B pairs: S places of a source and T of a target, padding included.

    Args:
        sources: What the encoder is given, (B, S) tokens, ``<eos>`` and ``<pad>`` behind.
        targets: What the decoder has to predict, (B, T) tokens, ``<eos>`` and ``<pad>`` behind.
        losses: −log p at every place, nats, (B, T), the encoder reading no padding.
        leaked: The same where the encoder reads the padding too, (B, T).
        packed: The context variable handed over where no padding is read, (B, H).
        padded: The same where it is, (B, H). No encoder read ``<pad>`` in training, so nothing was
            learned of what it means.
    """

    sources: tuple[tuple[str, ...], ...]
    targets: tuple[tuple[str, ...], ...]
    losses: Floats
    leaked: Floats
    packed: Floats
    padded: Floats

    @property
    def counted(self) -> npt.NDArray[np.bool_]:
        """Which places of the targets are no padding, (B, T)."""
        return np.array([[token != PAD for token in row] for row in self.targets])

    @property
    def masked(self) -> float:
        """The mean loss of a target token, nats: what training minimises, label smoothing aside."""
        return float(self.losses[self.counted].mean())

    @property
    def unmasked(self) -> float:
        """The mean loss of a place, nats, padding counted as if it had to be predicted."""
        return float(self.losses.mean())

    @property
    def with_leak(self) -> float:
        """The masked loss where the encoder reads the padding, nats."""
        return float(self.leaked[self.counted].mean())

    @property
    def distance(self) -> Floats:
        """How far reading the padding moves each context variable, ‖padded − packed‖, (B,)."""
        return np.asarray(np.linalg.norm(self.padded - self.packed, axis=1))

    @property
    def cosine(self) -> Floats:
        """The cosine of the angle between the two context variables of each sentence, (B,)."""
        norms = np.linalg.norm(self.padded, axis=1) * np.linalg.norm(self.packed, axis=1)
        return np.asarray((self.padded * self.packed).sum(axis=1) / norms)


@torch.inference_mode()
def masking(translator: Translator, pairs: Sequence[tuple[str, str]]) -> Masking:
    """The minibatch of the given pairs, with padding kept apart and with padding let in.

    Args:
        translator: The model with its words.
        pairs: English sentences and their translations, at least one.

    Raises:
        ExplorerError: There is no pair, or a sentence has no words, or too many.
    """
    sources, targets = _tokens(translator, pairs)
    ids = _ids(translator, targets)  # (B, T + 1)
    encode = translator.source.encode
    batch = source_batch([encode(row) for row in sources], pad=translator.source.number(PAD))
    model, device = translator.model, translator.model.head_bias.device
    packed = model.encode(batch.to(device))
    padded = model.encode(_to_the_end(batch).to(device))
    return Masking(
        sources=_rows(sources),
        targets=_rows([(*row, EOS) for row in targets]),
        losses=_losses(model, packed, ids.to(device)),
        leaked=_losses(model, padded, ids.to(device)),
        packed=packed.context.double().cpu().numpy(),
        padded=padded.context.double().cpu().numpy(),
    )


def _tokens(
    translator: Translator, pairs: Sequence[tuple[str, str]]
) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Both sides of the pairs as training reads them, ``<eos>`` behind each source."""
    if not pairs:
        raise ExplorerError("A minibatch needs at least one pair of sentences.")
    known = translator.source, translator.target
    both = [
        hide_shared(
            read_source(translator, english).tokens,
            target_tokens(translator, french),
            known=known,
        )
        for english, french in pairs
    ]
    return [(*source, EOS) for source, _ in both], [target for _, target in both]


def _ids(translator: Translator, targets: Sequence[tuple[str, ...]]) -> Tensor:
    """What the decoder reads and what it has to predict, (B, T + 1), one place apart."""
    rows = [torch.tensor(translator.target.encode((BOS, *row, EOS))) for row in targets]
    return pad_sequence(rows, batch_first=True, padding_value=translator.target.number(PAD))


def _to_the_end(batch: Source) -> Source:
    """The batch as if its padding were part of its sentences."""
    return Source(batch.ids, torch.full_like(batch.lengths, batch.ids.shape[1]))


def _losses(model: Seq2Seq, state: DecoderState, ids: Tensor) -> Floats:
    """−log p of every token but the first, (B, T), given those before it."""
    logits, _ = model(ids[:, :-1], state)  # (B, T, V)
    losses = cross_entropy(logits.transpose(1, 2), ids[:, 1:], reduction="none")  # (B, T)
    return np.asarray(losses.double().cpu().numpy())


def _rows(rows: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """The rows side by side, ``<pad>`` behind their ends."""
    longest = max(map(len, rows))
    return tuple((*row, *[PAD] * (longest - len(row))) for row in rows)
