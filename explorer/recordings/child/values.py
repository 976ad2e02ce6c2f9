"""Some steps of one sequence of a trace."""

from collections.abc import Mapping
from typing import Any

import h5py
import numpy as np

from .bounds import LETTERS, SHOWN, RefusedError
from .declared import DIMS, Entry, decoded, dim_labels, dim_names, entries, itemsize


def part(
    file: h5py.File, path: str, *, sequence: int, first: int, most: int
) -> tuple[dict[str, Any], list[np.ndarray]]:
    """Some steps of one sequence of a trace, its last where it is shorter.

    What is said of it, and its values in the order of the quantities.

    Raises:
        RefusedError: The file is not what it should be, or has no such part.
    """
    entry = next((one for one in entries(file) if one.path == path), None)
    if entry is None or not 0 <= sequence < entry.sizes["batch"]:
        raise RefusedError("damaged", path)
    group = file[path]
    length = _length(group, entry, sequence)
    first = max(0, min(first, length - most))
    steps = slice(first, min(length, first + most))
    units = entry.sizes["layer"] * entry.sizes["direction"] * entry.sizes["unit"]
    if 4 * units * (steps.stop - first) * len(entry.quantities) > SHOWN:
        raise RefusedError("large", path)
    values = [_values(group[name], sequence, steps, entry.sizes) for name in entry.quantities]
    bad = int(sum(np.size(one) - np.isfinite(one).sum() for one in values))
    said = {
        "first": first,
        "length": length,
        "tokens": _tokens(group, sequence, steps),
        "shape": list(values[0].shape),
        "bad": bad,
    }
    return said, [np.nan_to_num(one, nan=0.0, posinf=0.0, neginf=0.0) for one in values]


def _values(
    dataset: h5py.Dataset, sequence: int, steps: slice, sizes: Mapping[str, int]
) -> np.ndarray:
    """(L, D, 1, T, H) in float32."""
    dims = dim_names(dataset)
    chosen = {"batch": slice(sequence, sequence + 1), "step": steps}
    values = dataset[tuple(chosen.get(dim, slice(None)) for dim in dims)]
    order = [dims.index(dim) for dim in DIMS if dim in dims]
    shape = [1 if dim == "batch" else sizes[dim] for dim in DIMS]
    shape[3] = steps.stop - steps.start
    with np.errstate(over="ignore", invalid="ignore"):
        return np.ascontiguousarray(values.transpose(order).reshape(shape), np.float32)


def _length(group: h5py.Group, entry: Entry, sequence: int) -> int:
    """How many steps a sequence has."""
    most = entry.sizes["step"]
    given = group.get("length")
    if not isinstance(given, h5py.Dataset) or given.dtype.kind not in "iu":
        return most
    if given.shape not in ((), (entry.sizes["batch"],)):
        raise RefusedError("shapes", given.name)
    length = int(given[()] if given.shape == () else given[sequence])
    if length < 0:
        raise RefusedError("shapes", given.name)
    steps = dim_labels(group, "step")
    return min(length, most) if steps is None else int((steps < length).sum())


def _tokens(group: h5py.Group, sequence: int, steps: slice) -> list[str] | None:
    """What stands at each of the steps, if the file says it."""
    given = group.get("token")
    if not isinstance(given, h5py.Dataset) or h5py.check_string_dtype(given.dtype) is None:
        return None
    dims = dim_names(given)
    if "step" not in dims or not {*dims} <= {"batch", "step"}:
        return None
    if given.shape[dims.index("step")] < steps.stop or itemsize(given) > 4 * LETTERS:
        raise RefusedError("shapes", given.name)
    chosen = {"batch": sequence, "step": steps}
    read = given[tuple(chosen[dim] for dim in dims)]
    return [decoded(token) for token in read.tolist()]
