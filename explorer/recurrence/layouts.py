"""Weights in the layout that oneDNN multiplies fastest, kept for as long as they stay the same.

Laying a matrix out takes as long as several steps' products with it, and whoever traces a module
traces it again. So the latest layouts are kept, each with a copy of the weights that it was made
of, and one serves only while the weights equal its copy bit for bit. Comparing takes a third of the
time of laying out, and no change escapes it, be it made by an optimiser, through ``.data`` or in
NumPy.

It knows nothing of cells or time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

import numpy as np
from torch import Tensor

from explorer.recurrence.cells import Array

_ROOM = 32 << 20
"""Bytes of weights that layouts are kept for; they and their copies take twice as much."""


@dataclass(frozen=True)
class _Kept:
    """A layout and the bits of the weights that it was made of."""

    bits: Array
    laid_out: Tensor


class Layouts:
    """The latest layouts of weights, for any thread.

    Args:
        lay_out: Makes the layout of a matrix in float32.
        room: Bytes of weights that layouts are kept for, the oldest leaving first. A matrix that
            takes more than an eighth is laid out every time.
    """

    def __init__(self, lay_out: Callable[[Array], Tensor], *, room: int = _ROOM) -> None:
        self._lay_out, self._room = lay_out, room
        self._kept: dict[tuple[int, tuple[int, ...]], _Kept] = {}  # the latest used last
        self._lock = Lock()

    def of(self, weight: Array) -> Tensor:
        """The layout of ``weight``, (O, I) in float32, as it is now."""
        if weight.nbytes > self._room // 8:
            return self._lay_out(weight)
        bits = weight.view(np.int32)  # as numbers, NaN would differ from itself and −0 not from 0
        place = (weight.__array_interface__["data"][0], weight.shape)
        kept = self._kept.get(place)
        if kept is None or not np.array_equal(kept.bits, bits):
            copy = bits.copy()
            kept = _Kept(copy, self._lay_out(copy.view(np.float32)))
        self._keep(place, kept)
        return kept.laid_out

    def _keep(self, place: tuple[int, tuple[int, ...]], kept: _Kept) -> None:
        with self._lock:
            self._kept.pop(place, None)
            self._kept[place] = kept
            while sum(one.bits.nbytes for one in self._kept.values()) > self._room:
                del self._kept[next(iter(self._kept))]
