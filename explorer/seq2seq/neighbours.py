"""The nearest of many states to one, by cosine similarity."""

from typing import NamedTuple

import torch

from explorer.seq2seq.encoder_states import Array, double


class Neighbour(NamedTuple):
    """One of the states: its place, and its cosine similarity to the state asked about."""

    place: int
    similarity: float


def nearest(states: Array, state: Array, count: int) -> tuple[Neighbour, ...]:
    """The ``count`` of ``states`` (N, H) with the largest cosine to ``state`` (H,), largest first.

    A state of zeros has no direction; its cosine to any other is taken as 0.
    """
    rows, one = double(states), double(state)
    lengths = rows.norm(dim=1) * one.norm()  # (N,)
    cosines = torch.where(lengths > 0, rows @ one / lengths, 0.0)
    order = cosines.argsort(descending=True, stable=True)[:count]
    return tuple(Neighbour(place, cosines[place].item()) for place in order.tolist())
