"""An encoder and a decoder for sequences of different lengths.

The architecture of *Dive into Deep Learning*, sections 9.6 and 9.7, without attention: all that
the decoder knows of the source is the encoder's final state.
"""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.functional import linear
from torch.nn.utils.rnn import pack_padded_sequence

from explorer.models.architecture import Seq2SeqArchitecture
from explorer.models.recurrent import State, joined, layers, selected


class Source(NamedTuple):
    """Sentences for the encoder, side by side."""

    ids: Tensor  # (B, S) token numbers; what stands behind a sentence's end is never read
    lengths: Tensor  # (B,) tokens of each sentence, at least 1; on the CPU

    def to(self, device: str | torch.device) -> "Source":
        """The same for a model on ``device``."""
        return Source(self.ids.to(device), self.lengths)


class DecoderState(NamedTuple):
    """Where the decoder stands."""

    context: Tensor  # (B, H) the encoder's final hidden state, the same at every step
    state: State  # the decoder's own, at first the encoder's final one

    def select(self, rows: Tensor) -> "DecoderState":
        """The state of the sentences ``rows``, (N,), in that order; a row may come twice."""
        return DecoderState(self.context[rows], selected(self.state, rows))

    def joined(self, others: "Sequence[DecoderState]") -> "DecoderState":
        """The state of these sentences and then of the others'."""
        context = torch.cat([self.context, *(other.context for other in others)])
        return DecoderState(context, joined(self.state, [other.state for other in others]))


class Seq2Seq(nn.Module):
    """Encoder, context at every decoder step, and a head tied to the target's embeddings.

    The decoder is a language model of the target that starts from the encoder's final state:
    ``model(ids, source)`` is ``model(ids, model.encode(source))``.

    Args:
        architecture: The sizes: V tokens to predict, E of an embedding, H units, L layers.
        dropout: Share of units left out while training: of embeddings, between layers, and below
            the head. Inactive in eval mode.
    """

    def __init__(self, architecture: Seq2SeqArchitecture, *, dropout: float = 0.0) -> None:
        super().__init__()
        self.architecture = sizes = architecture
        E, H, V = sizes.embedding_size, sizes.hidden_size, sizes.vocabulary_size
        self.source_embedding = nn.Embedding(sizes.source_size, E)
        self.target_embedding = nn.Embedding(V, E)
        self.encoder = layers(sizes.cell, E, H, layers=sizes.layers, dropout=dropout)
        self.decoder = layers(sizes.cell, E + H, H, layers=sizes.layers, dropout=dropout)
        self.dropout = nn.Dropout(dropout)
        self.projection = nn.Linear(H, E)
        self.head_bias = nn.Parameter(torch.zeros(V))

    def encode(self, source: Source) -> DecoderState:
        """What the encoder hands over: its final state, after each sentence's last token."""
        return self.encode_embedded(self.source_embedding(source.ids), source.lengths)

    def encode_embedded(self, embedded: Tensor, lengths: Tensor) -> DecoderState:
        """The same of embeddings (B, S, E), which gradients can be taken with respect to."""
        packed = pack_padded_sequence(
            self.dropout(embedded), lengths, batch_first=True, enforce_sorted=False
        )
        _, state = self.encoder(packed)  # (L, B, H)
        hidden = state if isinstance(state, Tensor) else state[0]
        return DecoderState(hidden[-1], state)

    def forward(self, ids: Tensor, state: Source | DecoderState) -> tuple[Tensor, DecoderState]:
        """Scores of every target token at every next place.

        Args:
            ids: Target tokens read so far, (B, T), int64: in training those of the reference
                (teacher forcing), in use those that the model wrote itself.
            state: What is translated, what `encode` gave for it, or the state after the tokens
                before.

        Returns:
            The logits (B, T, V) and the state after the last step.
        """
        written, state = self.write(ids, state)  # (B, T, E)
        logits = linear(written, self.target_embedding.weight, self.head_bias)  # (B, T, V)
        return logits, state

    def write(self, ids: Tensor, state: Source | DecoderState) -> tuple[Tensor, DecoderState]:
        """What `forward` compares with the embedding of every target token, (B, T, E)."""
        context, decoder_state = self.encode(state) if isinstance(state, Source) else state
        embedded = self.dropout(self.target_embedding(ids))  # (B, T, E)
        repeated = context[:, None].expand(-1, ids.shape[1], -1)  # (B, T, H)
        hidden, decoder_state = self.decoder(
            torch.cat([embedded, repeated], -1), decoder_state
        )  # (B, T, H)
        return self.projection(self.dropout(hidden)), DecoderState(context, decoder_state)
