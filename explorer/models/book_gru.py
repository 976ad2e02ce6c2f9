"""The GRU of the book, which resets the hidden state before the matrix product."""

import torch
from torch import Tensor, nn
from torch.nn.functional import dropout, linear
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pad_packed_sequence


class BookGRU(nn.RNNBase):
    """A GRU whose candidate is tanh(X W_xh + (R ⊙ H) W_hh + b), equations (9.1.1) to (9.1.3).

    ``nn.GRU`` computes tanh(X W_xh + b_xh + R ⊙ (H W_hh + b_hh)): it resets the product, so that
    all products of a step can be one. Parameters, arguments and results are otherwise those of an
    ``nn.GRU`` of one direction, so its two biases always stand as their sum.

    Args:
        input_size: I, numbers per step of the inputs.
        hidden_size: H, units.
        num_layers: L, one above the other.
        bias: Whether there are biases.
        batch_first: Whether padded inputs are (B, T, I).
        dropout: Share of the outputs left out between layers while training.

    Source: Cho et al. (2014), *Learning phrase representations using RNN encoder–decoder for
    statistical machine translation*; *Dive into Deep Learning*, section 9.1 (10.2 online).
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        num_layers: int = 1,
        *,
        bias: bool = True,
        batch_first: bool = False,
        dropout: float = 0.0,
    ) -> None:
        super().__init__("GRU", input_size, hidden_size, num_layers, bias, batch_first, dropout)
        self.mode = "GRU_BOOK"

    def flatten_parameters(self) -> None:
        """Nothing: no library has this cell, so the weights need not lie in one block for it."""

    def forward(
        self,
        input: Tensor | PackedSequence,  # noqa: A002  # torch's name for it
        hx: Tensor | None = None,
    ) -> tuple[Tensor | PackedSequence, Tensor]:
        """The hidden states of the last layer, and every layer's last one.

        Args:
            input: (T, B, I), (B, T, I) with ``batch_first``, (T, I), or packed.
            hx: Where to start from, (L, B, H), or (L, H) for inputs without a batch; else zeros.

        Returns:
            The outputs, laid out as the inputs, and the states (L, B, H), or (L, H).
        """
        if isinstance(input, PackedSequence):
            return self._packed(input, hx)
        batched = input.dim() == 3
        steps = input if batched else input[:, None]
        steps = steps.transpose(0, 1) if batched and self.batch_first else steps  # (T, B, I)
        start = None if hx is None else hx if batched else hx[:, None]
        states = self._states(steps, start)  # (L, T, B, H)
        hidden, last = states[-1], states[:, -1]
        if not batched:
            return hidden[:, 0], last[:, 0]
        return hidden.transpose(0, 1) if self.batch_first else hidden, last

    def _packed(self, packed: PackedSequence, hx: Tensor | None) -> tuple[PackedSequence, Tensor]:
        steps, lengths = pad_packed_sequence(packed)  # (T, B, I), in the caller's order
        states = self._states(steps, hx)
        last = states[:, lengths - 1, torch.arange(len(lengths))]  # (L, B, H)
        sort = packed.sorted_indices is not None
        return pack_padded_sequence(states[-1], lengths, enforce_sorted=not sort), last

    def _states(self, steps: Tensor, hx: Tensor | None) -> Tensor:
        """Every layer's hidden states at every step, from (T, B, I) to (L, T, B, H)."""
        if hx is None:
            hx = steps.new_zeros(self.num_layers, steps.shape[1], self.hidden_size)
        found: list[Tensor] = []
        for layer, start in enumerate(hx):
            if found:
                steps = dropout(found[-1], self.dropout, self.training)
            found.append(self._layer(steps, start, *self.all_weights[layer]))
        return torch.stack(found)

    def _layer(
        self,
        steps: Tensor,
        hidden: Tensor,
        weight_ih: Tensor,
        weight_hh: Tensor,
        bias_ih: Tensor | None = None,
        bias_hh: Tensor | None = None,
    ) -> Tensor:
        H = self.hidden_size
        bias = None if bias_ih is None or bias_hh is None else bias_ih + bias_hh
        projected = linear(steps, weight_ih, bias)  # (T, B, 3 H)
        of_gates, of_candidate = weight_hh[: 2 * H].t(), weight_hh[2 * H :].t()
        hiddens = []
        for gates, candidate in zip(
            projected[..., : 2 * H].unbind(), projected[..., 2 * H :].unbind(), strict=True
        ):
            reset, update = torch.addmm(gates, hidden, of_gates).sigmoid().chunk(2, 1)  # (B, H)
            candidate = torch.addmm(candidate, reset * hidden, of_candidate).tanh()
            hidden = torch.lerp(candidate, hidden, update)  # Z ⊙ H + (1 − Z) ⊙ H̃
            hiddens.append(hidden)
        return torch.stack(hiddens)
