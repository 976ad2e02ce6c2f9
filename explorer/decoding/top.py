"""The greatest sums of a number and its row's, found block by block: the top-k of a beam's step.

The greatest number of a block is found at the speed of memory, and the ``count`` greatest sums can
only be in the ``count`` blocks with the greatest of these: all but ``count`` blocks are looked at
once, and the sums in them are never made. For 100 of 50 rows of 8,000 numbers this takes a quarter
of the time of torch's ``topk``.
"""

import torch
from torch import Tensor

_BLOCK = 64
_INSIDE = torch.arange(_BLOCK)
_FEW = 20_000
"""Numbers below which blocks save nothing."""


def top_sums(values: Tensor, added: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """The ``count`` greatest sums of a number and what is added to its row, the greatest first.

    Args:
        values: V numbers of each of R rows, B times, (B, R, V), on the CPU.
        added: What is added to a row, (B, R).
        count: At most R · V.

    Returns:
        The sums, and the places of their numbers among the R · V, (B, count) each.
    """
    B, R, V = values.shape
    blocks = V // _BLOCK
    if count >= R * blocks or values.numel() < _FEW:
        if R == 1:  # adding one number, rounded, keeps the order
            found = values.flatten(1).topk(count)
            return found.values + added, found.indices
        found = (values + added[:, :, None]).flatten(1).topk(count)
        return found.values, found.indices
    whole = blocks * _BLOCK
    greatest = values[:, :, :whole].reshape(B, R, blocks, _BLOCK).amax(-1)
    best = (greatest + added[:, :, None]).flatten(1).topk(count, sorted=False).indices
    rows = torch.floor_divide(best, blocks)  # (B, count)
    starts = best * _BLOCK
    if whole < V:  # every row before a block holds more than its blocks
        starts += rows * (V - whole)
    places = (starts[:, :, None] + _INSIDE).flatten(1)  # (B, count · _BLOCK)
    sums = values.flatten(1).gather(1, places).view(B, count, _BLOCK)
    sums = (sums + added.gather(1, rows)[:, :, None]).flatten(1)
    if whole < V:  # what no block holds
        sums = torch.cat([sums, (values[:, :, whole:] + added[:, :, None]).flatten(1)], 1)
        rest = (torch.arange(R)[:, None] * V + torch.arange(whole, V)).flatten()
        places = torch.cat([places, rest.expand(B, -1)], 1)
    found = sums.topk(count)
    return found.values, places.gather(1, found.indices)
