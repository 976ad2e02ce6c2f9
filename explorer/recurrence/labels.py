"""The labels along the dimensions of a trace: coordinates, true lengths and tokens."""

import reprlib
from collections.abc import Mapping, Sequence, Set
from functools import lru_cache
from typing import Any

import numpy as np
import xarray as xr

from explorer.errors import ExplorerError
from explorer.recurrence.cells import Array
from explorer.recurrence.quantities import DIMS, PROJECTED, QUANTITIES, long_name
from explorer.recurrence.sequences import Rows

Tokens = Sequence[str] | Sequence[Sequence[str]]


def label(
    cell: str, values: Mapping[str, Array], rows: Rows, *, tokens: Tokens | None
) -> xr.Dataset:
    """The values (L, D, B, T, H) of a cell's quantities, by name, with all their labels.

    A projected hidden state is (L, D, B, T, P). One coordinate per dimension, ``length`` over batch
    and ``token`` over (batch, step).

    Raises:
        ExplorerError: There are not as many tokens as steps.
    """
    shape = values[QUANTITIES[cell][0]].shape
    labelled = _blank(cell, QUANTITIES[cell], shape, values["hidden"].shape[-1]).copy(data=values)
    if rows.sizes[-1] < rows.sizes[0]:  # some sequences are shorter
        labelled = labelled.assign_coords(length=("batch", rows.lengths))
    return labelled if tokens is None else with_tokens(labelled, tokens)


def with_tokens(trace: xr.Dataset, tokens: Tokens) -> xr.Dataset:
    """A trace with what stands at each of its steps.

    Raises:
        ExplorerError: There are not as many tokens as steps.
    """
    table = _token_table(tokens, trace["length"].values.tolist())
    return trace.assign_coords(token=(("batch", "step"), table))


@lru_cache(maxsize=64)
def _blank(
    cell: str, quantities: tuple[str, ...], shape: tuple[int, ...], state_size: int
) -> xr.Dataset:
    # Building indexes and variables takes as long as tracing some thirty steps, so traces of one
    # shape begin as copies of one dataset, which holds a single zero and all lengths alike.
    zeros = np.broadcast_to(np.float32(0), shape)
    names = {name: {"long_name": long_name(cell, name)} for name in quantities}
    variables = {name: xr.Variable(DIMS, zeros, attributes) for name, attributes in names.items()}
    lengths = xr.Variable(("batch",), np.full(shape[2], shape[3]))
    axes = {dim: np.arange(size) for dim, size in zip(DIMS, shape, strict=True)}
    axes["direction"] = np.array(["forward", "backward"][: shape[1]])
    if state_size != shape[-1]:
        variables["hidden"] = xr.Variable(
            (*DIMS[:-1], PROJECTED), zeros[..., :state_size], names["hidden"]
        )
        axes[PROJECTED] = np.arange(state_size)
    return xr.Dataset(variables, {**axes, "length": lengths})


def _token_table(tokens: Tokens, lengths: list[int]) -> Array:
    """(B, T) strings, empty beyond a sequence's length."""
    T, given = max(lengths), _listed(tokens)
    alone = len(given) == 1 and np.iterable(given[0]) and len(_listed(given[0])) == T
    nested = len(lengths) > 1 or alone
    sequences = [_listed(one) for one in given] if nested else [given]
    counts = [len(sequence) for sequence in sequences]
    if counts != lengths:
        raise ExplorerError(
            "There must be as many tokens as steps: {expected}, not {found}.",
            expected=", ".join(map(str, lengths)),
            found=", ".join(map(str, counts)),
        )
    padded = [[*map(_word, sequence), *[""] * (T - len(sequence))] for sequence in sequences]
    return np.array(padded, dtype=str)


def _listed(tokens: Any) -> list[Any]:
    """Tokens one by one, whatever holds them: a string, a list, an array, a tensor."""
    try:
        if hasattr(tokens, "__array__"):
            tokens = tokens.tolist() if hasattr(tokens, "tolist") else np.asarray(tokens).tolist()
        if isinstance(tokens, bytes | Set | Mapping):
            raise TypeError
        return list(tokens)
    except (TypeError, RuntimeError) as error:  # a tensor on the device "meta" holds none
        raise ExplorerError(
            "Give the tokens one by one, in order, or one list of tokens for each of several "
            "sequences; {found} is not a list of tokens.",
            found=reprlib.repr(tokens),
        ) from error


def _word(token: Any) -> str:
    """A token as it is shown; the number of one, if that is what was given."""
    return str(token.item() if np.ndim(token) == 0 and hasattr(token, "item") else token)
