"""A seq2seq decoder laid out for single steps: the numbers of `Seq2Seq`, sooner.

A search reads one token of many prefixes at a time, so every matrix is laid out for that once. What
a token adds to the first layer is computed once for the whole vocabulary, what the context adds
once a sentence. The equations are those of a trace.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from explorer.models.seq2seq import Seq2Seq
from explorer.recurrence.cells import Array, ArrayCell, Edit, State
from explorer.recurrence.modules import structure_of
from explorer.recurrence.products import Product, prepared
from explorer.recurrence.recurrent_projection import (
    AddRecurrent,
    RecurrentProjection,
    as_blocks,
    input_bias,
)
from explorer.recurrence.weights import read_weights


@dataclass(frozen=True)
class Stepper:
    """A decoder that takes single steps. The model's weights at the time it was made.

    It keeps nothing of a step, so threads may share it.

    Args:
        cell: The equations of one layer.
        tokens: What each of the target's tokens adds to the first layer's gates, (V, G · H).
        context: What the context adds to them, the biases included.
        inputs: What the layer below adds to the gates of every layer but the first.
        recurrent: What a layer's own hidden state adds.
        projection: The last hidden state, (N, H) to (N, E).
        head: The same compared with every embedding, (N, E) to (N, V).
        edits: What changes each layer's quantities on the way, by the layer's number.
    """

    cell: ArrayCell
    tokens: Array
    context: Product
    inputs: tuple[Product, ...]
    recurrent: tuple[AddRecurrent, ...]
    projection: Product
    head: Product
    edits: Mapping[int, Edit] = field(default_factory=dict)

    @classmethod
    def of(cls, model: Seq2Seq) -> "Stepper":
        """The decoder of a model in eval mode."""
        E, stack = (
            model.architecture.embedding_size,
            read_weights(model.decoder, structure_of(model.decoder)),
        )
        layers = [weights for (weights,) in stack.layers]
        first, *upper = layers
        embedding, projection, projection_bias, head_bias = (
            parameter.detach().to("cpu", stack.dtype).numpy()
            for parameter in (
                model.target_embedding.weight,
                model.projection.weight,
                model.projection.bias,
                model.head_bias,
            )
        )
        return cls(
            cell=stack.cell,
            tokens=embedding @ first.ih[:, :E].T,
            context=prepared(first.ih[:, E:], input_bias(stack.cell, first)),
            inputs=tuple(prepared(layer.ih, input_bias(stack.cell, layer)) for layer in upper),
            recurrent=tuple(
                RecurrentProjection(stack.cell, layer).by_any_rows() for layer in layers
            ),
            projection=prepared(projection, projection_bias),
            head=prepared(embedding, head_bias),
        )

    def step(self, ids: NDArray[np.int64], constant: Array, prev: State) -> tuple[Array, State]:
        """Scores of every next token, and the state after this one.

        Args:
            ids: One token more of every sentence, (N,).
            constant: What `context` gives for their contexts, (N, G · H); (1, G · H) if all of
                them have the same.
            prev: The decoder's own state before these tokens, (L, N, H) of each of its parts.

        Returns:
            The logits (N, V), and the state.
        """
        new = tuple([np.empty_like(part) for part in prev])
        hidden = new[0]  # (L, N, H)
        for layer, add_recurrent in enumerate(self.recurrent):
            if layer == 0:
                gates = self.tokens[ids]  # (N, G · H)
                gates += constant
            else:
                gates = self.inputs[layer - 1](hidden[layer - 1])
            blocks = as_blocks(gates, len(self.cell.blocks))  # (G, N, H)
            layer_prev, layer_new = (
                tuple([part[layer] for part in state]) for state in (prev, new)
            )
            candidate = add_recurrent(layer_prev[0], blocks)  # (A, N, H)
            self.cell.step(blocks, candidate, layer_prev, layer_new, self.edits.get(layer))
        return self.head(self.projection(hidden[-1])), new
