"""A recurrent network that predicts the next token. Knows nothing of files, text or training."""

from torch import Tensor, nn
from torch.nn.functional import one_hot

from explorer.models.architecture import Architecture
from explorer.models.recurrent import State, layers


class LanguageModel(nn.Module):
    """One-hot tokens, recurrent layers, and a linear head from the hidden state to the tokens.

    The model of *Dive into Deep Learning*, sections 9.1 and 9.2, with PyTorch's fused layers.

    Args:
        architecture: The sizes: V tokens, H units, L layers.
        dropout: Share of hidden units left out while training, above every layer. Inactive in
            eval mode.
    """

    def __init__(self, architecture: Architecture, *, dropout: float = 0.0) -> None:
        super().__init__()
        self.architecture = architecture
        self.rnn = layers(
            architecture.cell,
            architecture.vocabulary_size,
            architecture.hidden_size,
            layers=architecture.layers,
            dropout=dropout,
        )
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(architecture.hidden_size, architecture.vocabulary_size)

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
        hidden, state = self.rnn(self.inputs(ids), state)  # (B, T, H)
        return self.head(self.dropout(hidden)), state  # (B, T, V)
