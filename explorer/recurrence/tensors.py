"""From torch's tensors, of whatever sort, to plain arrays."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext

import torch
from torch._C._functorch import peek_interpreter_stack
from torch._functorch.pyfunctorch import temporarily_clear_interpreter_stack
from torch.func import debug_unwrap

from explorer.errors import ExplorerError
from explorer.recurrence.cells import Array


def array_of(tensor: torch.Tensor, dtype: torch.dtype) -> Array:
    """The numbers of a tensor in a precision, on the CPU; its own memory wherever that will do.

    Raises:
        ExplorerError: It has no values of a plain tensor, or is in the hands of
            ``torch.func.vmap``, and holds more than it shows.
    """
    if tensor.is_meta:
        raise ExplorerError('A tensor on the device "meta" has no values, so it cannot be traced.')
    with outside_transforms():
        plain = debug_unwrap(tensor).detach()  # torch.func.grad and others wrap what they follow
        if plain.shape != tensor.shape:
            raise ExplorerError(
                "Inside torch.func.vmap, a call does not see its batch: pass the batch to the "
                "module itself."
            )
        if plain.layout is not torch.strided:
            plain = plain.to_dense()
        if plain.dtype != dtype or not plain.is_cpu or not plain.is_contiguous():
            plain = plain.to("cpu", dtype).contiguous()
        return _numbers(plain)


def _numbers(plain: torch.Tensor) -> Array:
    try:
        array: Array = plain.numpy()
    except RuntimeError:  # a subclass of tensors that torch.export, above all, puts in their place
        raise ExplorerError(
            "A {kind} does not hold numbers as a plain tensor does, so it cannot be traced: "
            "call torch.export and the like outside a recording.",
            kind=type(plain).__name__,
        ) from None
    return array


def memory_of(tensors: object) -> tuple[torch.UntypedStorage, ...]:
    """Where a tensor or several hold their numbers; views and what is detached share it."""
    each = [tensors] if isinstance(tensors, torch.Tensor) else tensors
    assert isinstance(each, Sequence)
    plain = [debug_unwrap(tensor) for tensor in each]
    return tuple(each.untyped_storage() for each in plain if each.layout is torch.strided)


def outside_transforms() -> AbstractContextManager[object]:
    """Inside it, torch computes as it does outside of ``torch.func.grad``, ``vmap`` and others."""
    if peek_interpreter_stack() is None:
        return nullcontext()
    return temporarily_clear_interpreter_stack()
