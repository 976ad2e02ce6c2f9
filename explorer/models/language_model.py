"""Recurrent networks that predict the next token."""

import torch
from torch import Tensor, nn
from torch.func import functional_call
from torch.nn.functional import linear, one_hot

from explorer.models.architecture import Architecture
from explorer.models.recurrent import State, layers


class LanguageModel(nn.Module):
    """One-hot tokens, recurrent layers, and a linear head from the hidden state to the tokens.

    The model of *Dive into Deep Learning*, sections 9.1 and 9.2, with PyTorch's fused layers.

    Args:
        architecture: The sizes: V tokens, H units, L layers; no embeddings.
        dropout: Share of hidden units left out while training, above every layer. Inactive in
            eval mode.
    """

    def __init__(self, architecture: Architecture, *, dropout: float = 0.0) -> None:
        super().__init__()
        self.architecture = architecture
        self.rnn = layers(
            architecture.cell,
            architecture.token_size,
            architecture.hidden_size,
            layers=architecture.layers,
            dropout=dropout,
        )
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(architecture.hidden_size, architecture.head_size)

    @property
    def device(self) -> torch.device:
        """Where the weights are."""
        return self.head.weight.device

    def inputs(self, ids: Tensor) -> Tensor:
        """What the recurrent layers read: (B, T) token numbers as one-hot vectors (B, T, V)."""
        return one_hot(ids, self.architecture.vocabulary_size).to(self.head.weight.dtype)

    def forward(self, ids: Tensor, state: State | None = None) -> tuple[Tensor, State]:
        """Scores of every token at every next place.

        Args:
            ids: Token numbers, (B, T), int64.
            state: Where to start from; zeros if there is none.

        Returns:
            The logits (B, T, V) and the state after the last step.
        """
        hidden, state = self.read(ids, state)
        return self.scores(self.dropout(hidden)), state  # (B, T, V)

    def read(self, ids: Tensor, state: State | None) -> tuple[Tensor, State]:
        """The last layer's hidden states (B, T, H), and the state after the last step."""
        hidden, after = self.rnn(self.inputs(ids), state)
        return hidden, after

    def scores(self, hidden: Tensor) -> Tensor:
        """The logits (…, V) of the next token, given the last layer's hidden state, (…, H)."""
        scores: Tensor = self.head(hidden)
        return scores


class UntiedLanguageModel(LanguageModel):
    """The same with embeddings, and a head of its own, as most tutorials write it.

    Args:
        architecture: The sizes: V tokens, E of an embedding, H units, L layers.
        dropout: As of every language model.
    """

    def __init__(self, architecture: Architecture, *, dropout: float = 0.0) -> None:
        super().__init__(architecture, dropout=dropout)
        self.embedding = nn.Embedding(architecture.vocabulary_size, architecture.token_size)

    def inputs(self, ids: Tensor) -> Tensor:
        """What the recurrent layers read: the embeddings (B, T, E) of (B, T) token numbers."""
        embedded: Tensor = self.embedding(ids)
        return embedded


class EmbeddedLanguageModel(LanguageModel):
    """The same for thousands of tokens: embeddings, and a head that is tied to them.

    What the head writes is compared with the embedding of every token (Press and Wolf 2017), so a
    token seen once in a text is learned on both sides. One-hot tokens are the same with the
    identity for embeddings.

    Args:
        architecture: The sizes: V tokens, E of an embedding, H units, L layers.
        dropout: Share of units left out while training: of embeddings, and above every layer.
            Inactive in eval mode.
        weight_dropout: Share of the recurrent weights left out while training, others in every
            call (Merity, Keskar and Socher 2018). Inactive in eval mode.
    """

    def __init__(
        self, architecture: Architecture, *, dropout: float = 0.0, weight_dropout: float = 0.0
    ) -> None:
        super().__init__(architecture, dropout=dropout)
        self.weight_dropout = nn.Dropout(weight_dropout)
        self.embedding = nn.Embedding(architecture.vocabulary_size, architecture.token_size)
        self.head_bias = nn.Parameter(torch.zeros(architecture.vocabulary_size))

    def inputs(self, ids: Tensor) -> Tensor:
        """What the recurrent layers read: the embeddings (B, T, E) of (B, T) token numbers."""
        embedded: Tensor = self.dropout(self.embedding(ids))
        return embedded

    def read(self, ids: Tensor, state: State | None) -> tuple[Tensor, State]:
        """As of every language model; while training, with some recurrent weights left out."""
        recurrent = {
            name: self.weight_dropout(weights)
            for name, weights in self.rnn.named_parameters()
            if name.startswith("weight_hh")
        }
        hidden, after = functional_call(self.rnn, recurrent, (self.inputs(ids), state))
        return hidden, after

    def scores(self, hidden: Tensor) -> Tensor:
        """The logits (…, V) of the next token, given the last layer's hidden state, (…, H)."""
        return linear(self.head(hidden), self.embedding.weight, self.head_bias)

    def write(self, ids: Tensor, state: State | None = None) -> tuple[Tensor, State]:
        """What `forward` compares with the embedding of every token, (B, T, E), and the state."""
        hidden, state = self.read(ids, state)
        return self.head(self.dropout(hidden)), state
