"""A seq2seq decoder laid out for single steps: the numbers of `Seq2Seq`, sooner.

A search reads one token of many prefixes at a time, so every matrix is laid out for that once, and
what the context adds to the first layer is computed once a sentence. Knows nothing of text or
search. Equation numbers are those of *Dive into Deep Learning*; gates follow PyTorch's convention.
"""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from explorer.models.architecture import Cell
from explorer.models.packed import Product, packed
from explorer.models.recurrent import State
from explorer.models.seq2seq import Seq2Seq

_Memory = tuple[Tensor, ...]  # of one layer: hidden, and in an LSTM memory, (N, H) each
_Cell = Callable[[Tensor, Tensor, _Memory], _Memory]


@dataclass(frozen=True)
class Stepper:
    """A decoder that takes single steps. The model's weights at the time it was made.

    Args:
        cell: The equations of one layer.
        embedding: Of the target's tokens, (V, E).
        context: What the context adds to the first layer's gates, its biases included.
        inputs: What the layer below adds to each layer's gates; below the first is the embedding.
        recurrent: What the layer's own hidden state adds.
        projection: The last hidden state, (N, H) to (N, E).
        head: The same compared with every embedding, (N, E) to (N, V).
    """

    cell: _Cell
    embedding: Tensor
    context: Product
    inputs: tuple[Product, ...]
    recurrent: tuple[Product, ...]
    projection: Product
    head: Product

    @classmethod
    def of(cls, model: Seq2Seq) -> "Stepper":
        """The decoder of a model in eval mode."""
        E, layers = model.architecture.embedding_size, range(model.architecture.layers)
        weights = dict(model.decoder.named_parameters())
        first, upper = weights["weight_ih_l0"], layers[1:]
        return cls(
            cell=_CELLS[model.architecture.cell],
            embedding=model.target_embedding.weight.detach(),
            context=packed(first[:, E:], weights["bias_ih_l0"]),
            inputs=(
                packed(first[:, :E]),
                *(packed(weights[f"weight_ih_l{n}"], weights[f"bias_ih_l{n}"]) for n in upper),
            ),
            recurrent=tuple(
                packed(weights[f"weight_hh_l{n}"], weights[f"bias_hh_l{n}"]) for n in layers
            ),
            projection=packed(model.projection.weight, model.projection.bias),
            head=packed(model.target_embedding.weight, model.head_bias),
        )

    def step(self, ids: Tensor, constant: Tensor, before: State) -> tuple[Tensor, State]:
        """Scores of every next token, and the state after this one.

        Args:
            ids: One token more of every sentence, (N,), int64.
            constant: What `context` gives for their contexts, (N, G · H); (1, G · H) if all of
                them have the same.
            before: The decoder's own state before these tokens.

        Returns:
            The logits (N, V), and the state.
        """
        states = (before,) if isinstance(before, Tensor) else before  # (L, N, H) each
        layers = zip(*(state.unbind(0) for state in states), strict=True)
        below = self.embedding.index_select(0, ids)  # (N, E)
        now: list[_Memory] = []
        for project, recur, memory in zip(self.inputs, self.recurrent, layers, strict=True):
            gates = project(below)  # (N, G · H)
            if not now:
                gates += constant
            now.append(self.cell(gates, recur(memory[0]), memory))
            below = now[-1][0]  # (N, H)
        after = [torch.stack(kind) for kind in zip(*now, strict=True)]
        state = after[0] if len(after) == 1 else (after[0], after[1])
        return self.head(self.projection(below)), state


def _rnn(gates: Tensor, recurrent: Tensor, memory: _Memory) -> _Memory:
    """Equation (9.4.5): tanh(X W + H W + b)."""
    return (gates.add_(recurrent).tanh_(),)


def _gru(gates: Tensor, recurrent: Tensor, memory: _Memory) -> _Memory:
    """Equations (9.1.1) to (9.1.3): reset, update and candidate are H columns each."""
    (hidden,) = memory
    H = hidden.shape[1]
    reset, update = gates[:, : 2 * H].add_(recurrent[:, : 2 * H]).sigmoid_().chunk(2, 1)
    candidate = gates[:, 2 * H :].addcmul_(reset, recurrent[:, 2 * H :]).tanh_()  # (N, H)
    return (torch.lerp(candidate, hidden, update),)


def _lstm(gates: Tensor, recurrent: Tensor, memory: _Memory) -> _Memory:
    """Equations (9.2.1) to (9.2.4): input, forget, candidate and output are H columns each."""
    _, kept = memory
    input_, forget, candidate, output = gates.add_(recurrent).chunk(4, 1)  # (N, H) each
    kept = forget.sigmoid_() * kept
    kept.addcmul_(input_.sigmoid_(), candidate.tanh_())
    return output.sigmoid_() * kept.tanh(), kept


_CELLS: dict[Cell, _Cell] = {"rnn": _rnn, "gru": _gru, "lstm": _lstm}
