"""How much memory a search holds, in bytes; an estimate that leaves out what goes with a step."""

from collections.abc import Iterable, Mapping

import numpy as np
from torch import Tensor, nn

_OBJECT = 64
"""A small object of Python's."""
_DEEPEST = 8
_SAMPLE = 64


def state_bytes(state: object, depth: int = _DEEPEST) -> int:
    """The bytes of the tensors and arrays that a scorer's state consists of.

    Args:
        state: Whatever a scorer keeps: a dataclass, tensors, a transformer's cache.
        depth: How many objects within objects are looked into; a model's weights never are.
    """
    if isinstance(state, Tensor | np.ndarray):
        return int(state.nbytes)
    if not depth or isinstance(state, nn.Module | str):
        return _OBJECT
    if isinstance(state, list | tuple) and len(state) > _SAMPLE:  # a place a prefix
        return len(state) * state_bytes(state[:_SAMPLE], depth) // _SAMPLE
    return _OBJECT + sum(state_bytes(part, depth - 1) for part in _parts(state))


def _parts(state: object) -> Iterable[object]:
    if isinstance(state, Mapping):
        return state.values()
    if isinstance(state, list | tuple):
        return state
    return getattr(state, "__dict__", {}).values()
