"""A recurrent network that fills in a word of a sentence.

*Dive into Deep Learning*, section 9.4: for the word at place j a bidirectional network joins the
forward state before j and the backward state behind j. Neither has read the word itself, so all
words of a sentence can be filled in, and learned from, in one pass.
"""

import torch
from torch import Tensor, nn
from torch.nn.functional import linear
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from explorer.models.architecture import InfillArchitecture
from explorer.models.recurrent import CELLS
from explorer.models.seq2seq import Source


class Infill(nn.Module):
    """Embeddings, one recurrent layer in one direction or both, and a head tied to the embeddings.

    Args:
        architecture: The sizes: V tokens, E of an embedding, H units a direction.
        dropout: Share of units left out while training: of embeddings and of states. Inactive in
            eval mode.
    """

    def __init__(self, architecture: InfillArchitecture, *, dropout: float = 0.0) -> None:
        super().__init__()
        self.architecture = sizes = architecture
        E, H, V = sizes.embedding_size, sizes.hidden_size, sizes.vocabulary_size
        both = sizes.reads == "both"
        self.embedding = nn.Embedding(V, E)
        self.rnn = CELLS[sizes.cell](E, H, batch_first=True, bidirectional=both)
        self.dropout = nn.Dropout(dropout)
        self.projection = nn.Linear(2 * H if both else H, E)
        self.head_bias = nn.Parameter(torch.zeros(V))

    def forward(self, sentences: Source) -> Tensor:
        """Scores of every token at every place between a sentence's first and last token.

        Args:
            sentences: Token numbers, (B, T), a mark of its beginning and one of its end around
                each sentence, T ≥ 3.

        Returns:
            The logits, (B, T − 2, V). Those at place j depend on the tokens before j or behind j
            or both, never on the one at j; behind a sentence's last word they mean nothing.
        """
        return linear(self.write(sentences), self.embedding.weight, self.head_bias)

    def write(self, sentences: Source) -> Tensor:
        """What `forward` compares with the embedding of every token, (B, T − 2, E)."""
        embedded = self.dropout(self.embedding(sentences.ids))  # (B, T, E)
        around = self.dropout(self.around(embedded, sentences.lengths))  # (B, T − 2, D · H)
        written: Tensor = self.projection(around)
        return written

    def around(self, embedded: Tensor, lengths: Tensor) -> Tensor:
        """The states on either side of every place between the first and the last.

        Args:
            embedded: What the layer reads, (B, T, E).
            lengths: Tokens of each sentence, (B,).

        Returns:
            Before place j the forward state, behind it the backward one, joined where there are
            both: (B, T − 2, H) or (B, T − 2, 2H).
        """
        H = self.architecture.hidden_size
        if self.architecture.reads == "both":
            hidden = self._both(embedded, lengths)  # (B, T, 2H)
            return torch.cat([hidden[:, :-2, :H], hidden[:, 2:, H:]], -1)
        if self.architecture.reads == "forward":
            read: Tensor = self.rnn(embedded)[0]  # (B, T, H)
            return read[:, :-2]
        turned: Tensor = self.rnn(turn(embedded, lengths))[0]  # (B, T, H)
        return turn(turned, lengths)[:, 2:]

    def _both(self, embedded: Tensor, lengths: Tensor) -> Tensor:
        """The states of both directions, each sentence read backward from its own end."""
        hidden: Tensor
        if bool((lengths == embedded.shape[1]).all()):  # no padding: twice as fast
            hidden, _ = self.rnn(embedded)
            return hidden
        packed = pack_padded_sequence(embedded, lengths, batch_first=True, enforce_sorted=False)
        read, _ = self.rnn(packed)
        hidden, _ = pad_packed_sequence(read, batch_first=True, total_length=embedded.shape[1])
        return hidden


def turn(values: Tensor, lengths: Tensor) -> Tensor:
    """The sequences (B, T, N) from their last step to their first; padding stays behind them."""
    steps = torch.arange(values.shape[1])
    places = lengths[:, None] - 1 - steps  # (B, T)
    places = torch.where(places < 0, steps, places).to(values.device)
    return values.gather(1, places[..., None].expand_as(values))
