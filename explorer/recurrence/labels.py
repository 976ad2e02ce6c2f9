"""The labels along the dimensions of a trace.

It knows the shape of a trace and the tokens that were read, and nothing of the values.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import xarray as xr

from explorer.errors import ExplorerError
from explorer.recurrence.cells import Array
from explorer.recurrence.sequences import Rows

Tokens = Sequence[str] | Sequence[Sequence[str]]


def coordinates(
    rows: Rows, *, layers: int, directions: int, units: int, tokens: Tokens | None
) -> xr.Coordinates:
    """One coordinate per dimension, ``length`` over batch and ``token`` over (batch, step).

    Raises:
        ExplorerError: There are not as many tokens as steps.
    """
    axes = _axes(layers, directions, len(rows.order), len(rows.sizes), units)
    variables = {**axes.variables, "length": xr.Variable(("batch",), rows.lengths)}
    if tokens is not None:
        table = _token_table(tokens, rows.lengths.tolist())
        variables["token"] = xr.Variable(("batch", "step"), table)
    return xr.Coordinates(variables, axes.xindexes)


@lru_cache(maxsize=64)
def _axes(layers: int, directions: int, batch: int, steps: int, units: int) -> xr.Coordinates:
    # Building indexes takes as long as tracing some twenty steps, and an index never changes, so
    # traces of one shape share theirs. A dataset makes its own variables from them.
    return xr.Coordinates(
        {
            "layer": np.arange(layers),
            "direction": np.array(["forward", "backward"][:directions]),
            "batch": np.arange(batch),
            "step": np.arange(steps),
            "unit": np.arange(units),
        }
    )


def _token_table(tokens: Tokens, lengths: list[int]) -> Array:
    """(B, T) strings, empty beyond a sequence's length."""
    T = max(lengths)
    nested = len(lengths) > 1 or (len(tokens) == 1 and len(tokens[0]) == T)
    sequences = tokens if nested else [tokens]
    counts = [len(sequence) for sequence in sequences]
    if counts != lengths:
        raise ExplorerError(
            "The tokens must be as many as the steps: {expected}, not {found}.",
            expected=", ".join(map(str, lengths)),
            found=", ".join(map(str, counts)),
        )
    padded = [[*sequence, *[""] * (T - len(sequence))] for sequence in sequences]
    return np.array(padded, dtype=str)
