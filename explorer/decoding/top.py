"""The greatest of many numbers, row by row. Knows nothing of searches.

The greatest number of a block is found at the speed of memory, and the ``count`` greatest numbers
of a row can only be in the ``count`` blocks with the greatest of these: all but ``count`` blocks
are looked at once. For 10 of 12,000 this takes two thirds of the time of torch's ``topk``.
"""

import torch
from torch import Tensor

_BLOCK = 64


def top(values: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """The ``count`` greatest numbers of each row, the greatest first, as ``topk`` gives them.

    Args:
        values: (N, V), on the CPU.
        count: At most V.

    Returns:
        The numbers and their places in the row, (N, count) each.
    """
    N, V = values.shape
    blocks = V // _BLOCK
    if count >= blocks:
        found = values.topk(count)
        return found.values, found.indices
    whole = blocks * _BLOCK
    greatest = values[:, :whole].view(N, blocks, _BLOCK).amax(-1)  # (N, blocks)
    starts = greatest.topk(count, sorted=False).indices * _BLOCK  # (N, count)
    places = (starts[:, :, None] + torch.arange(_BLOCK)).flatten(1)  # (N, count · _BLOCK)
    rest = torch.arange(whole, V).expand(N, -1)  # what no block holds
    places = torch.cat([places, rest], 1)
    found = values.gather(1, places).topk(count)
    return found.values, places.gather(1, found.indices)
