"""Reads a recording that may be a stranger's, in a process of its own with little to lose.

HDF5 is read by a library in C, which a damaged file may crash, keep busy or send after memory. So
this runs as a script that knows nothing of the server: the file comes in as bytes, and numbers go
out. It imports nothing of ours.

Everything is bounded by what the file declares before a value is read: no link, no external or
virtual storage, no filters but HDF5's own, so many groups and so deep, so many bytes unpacked.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import h5py
import numpy as np

SECONDS = 5
"""Of processor time."""
ADDRESS_SPACE = 1 << 30
"""Bytes; the libraries take a third of it."""
UNPACKED = 200 << 20
"""Bytes of one trace, as the file declares them."""
SHOWN = 64 << 20
"""Bytes of the part of a trace that is read at once."""
DEPTH, GROUPS, LINKS = 4, 2000, 500
"""Levels of groups, groups of a file, and what one group may hold."""
LETTERS = 1000
"""Of a name or a token."""

_DIMS = ("layer", "direction", "batch", "step", "unit")
_FILTERS = {h5py.h5z.FILTER_DEFLATE, h5py.h5z.FILTER_SHUFFLE, h5py.h5z.FILTER_FLETCHER32}
_LAYOUTS = {h5py.h5d.COMPACT, h5py.h5d.CONTIGUOUS, h5py.h5d.CHUNKED}
_PLACE = 80  # letters of a place in a sentence


class RefusedError(Exception):
    """What is wrong with a file, as a word that stands for a sentence, and where."""

    def __init__(self, why: str, place: str = "") -> None:
        super().__init__(why, place)
        self.why, self.place = why, place[:_PLACE]


@dataclass(frozen=True)
class Entry:
    """A trace in the file, as the file declares it.

    Attributes:
        path: Of its group.
        module: The name of the module, if the file gives one.
        place: The module's place in the recording, and the call's among the module's.
        cell: The kind of cell.
        quantities: Its variables over steps and units.
        left_out: Other variables over steps: those of a projected state.
        sizes: Of the five dimensions.
        renumbered: The dimensions whose labels are not their places.
    """

    path: str
    module: str | None
    place: tuple[int, int]
    cell: str
    quantities: tuple[str, ...]
    left_out: tuple[str, ...]
    sizes: Mapping[str, int]
    renumbered: tuple[str, ...]


def entries(file: h5py.File) -> list[Entry]:
    """All traces of a file, in the recording's order.

    Raises:
        RefusedError: The file is not what it should be, or there is no trace.
    """
    found = [entry for group in _groups(file) if (entry := _entry(group))]
    if not found:
        raise RefusedError("no trace")
    return sorted(found, key=lambda entry: (entry.place, len(entry.path), entry.path))


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


def _groups(file: h5py.File) -> Iterator[h5py.Group]:
    """Every group, what is in it checked: no link is followed that leads elsewhere."""
    pending, count = [(file["/"], 0)], 0
    while pending:
        group, depth = pending.pop()
        count += 1
        if depth > DEPTH or count > GROUPS or len(group) > LINKS:
            raise RefusedError("groups")
        if any(not isinstance(group.get(n, getlink=True), h5py.HardLink) for n in group):
            raise RefusedError("links", group.name)
        for name in group:
            inner = group[name]
            if isinstance(inner, h5py.Group):
                pending.append((inner, depth + 1))
            elif isinstance(inner, h5py.Dataset):
                _check_storage(name, inner)
        yield group


def _check_storage(name: str, dataset: h5py.Dataset) -> None:
    plist = dataset.id.get_create_plist()
    if plist.get_layout() not in _LAYOUTS or plist.get_external_count():
        raise RefusedError("links", name)
    if {plist.get_filter(n)[0] for n in range(plist.get_nfilters())} - _FILTERS:
        raise RefusedError("filters", name)
    if dataset.chunks and int(np.prod(dataset.chunks, dtype=object)) * _itemsize(dataset) > SHOWN:
        raise RefusedError("large", name)


def _itemsize(dataset: h5py.Dataset) -> int:
    return max(1, int(dataset.id.get_type().get_size()))


def _entry(group: h5py.Group) -> Entry | None:
    """The trace that a group holds, if it holds one."""
    dims = {name: _dims(group[name]) for name in group if isinstance(group[name], h5py.Dataset)}
    over_steps = [name for name, of in dims.items() if "step" in of and len(of) > 2]
    names = [name for name in dims if {"step", "unit"} <= {*dims[name]} <= {*_DIMS}]
    if not names:
        return None
    sizes = [_sizes(group[name], dims[name]) for name in names]
    if any(one != sizes[0] for one in sizes):
        raise RefusedError("shapes", group.name)
    if not all(sizes[0].values()):
        return None
    declared = sum(_declared(name, group[name]) for name in names)
    if declared > UNPACKED:
        raise RefusedError("large", group.name)
    for name in names:
        _check_name(name)
    return Entry(
        path=group.name,
        module=_text(group, "module"),
        place=(_whole(group, "place"), _whole(group, "call")),
        cell=_text(group, "cell") or "",
        quantities=tuple(names),
        left_out=tuple(sorted({*over_steps} - {*names})),
        sizes=sizes[0],
        renumbered=tuple(dim for dim in ("unit", "step") if _relabelled(group, dim)),
    )


def _declared(name: str, dataset: h5py.Dataset) -> int:
    """Bytes that a variable of real numbers says it has."""
    if dataset.dtype.kind != "f" or dataset.dtype.itemsize not in (2, 4, 8):
        raise RefusedError("no numbers", name)
    return int(np.prod(dataset.shape, dtype=object)) * int(dataset.dtype.itemsize)


def _check_name(name: str) -> None:
    if not (name.isidentifier() and name.isascii() and len(name) <= _PLACE):
        raise RefusedError("text", name)


def _dims(dataset: h5py.Dataset) -> tuple[str, ...]:
    """The names of its dimensions; "" where the file names none."""
    if dataset.shape is None or dataset.is_scale:
        return ()
    return tuple(_dim(dataset, axis) for axis in range(len(dataset.shape)))


def _dim(dataset: h5py.Dataset, axis: int) -> str:
    scales = dataset.dims[axis]
    if not len(scales):
        return ""
    return str(scales[0].name or "").rpartition("/")[2]


def _sizes(dataset: h5py.Dataset, dims: Sequence[str]) -> dict[str, int]:
    if len({*dims}) < len(dims):
        raise RefusedError("shapes", dataset.name)
    given = dict(zip(dims, map(int, dataset.shape), strict=True))
    return {dim: given.get(dim, 1) for dim in _DIMS}


def _values(
    dataset: h5py.Dataset, sequence: int, steps: slice, sizes: Mapping[str, int]
) -> np.ndarray:
    """(L, D, 1, T, H) in float32."""
    dims = _dims(dataset)
    chosen = {"batch": slice(sequence, sequence + 1), "step": steps}
    values = dataset[tuple(chosen.get(dim, slice(None)) for dim in dims)]
    order = [dims.index(dim) for dim in _DIMS if dim in dims]
    shape = [1 if dim == "batch" else sizes[dim] for dim in _DIMS]
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
    steps = _labels(group, "step")
    return min(length, most) if steps is None else int((steps < length).sum())


def _tokens(group: h5py.Group, sequence: int, steps: slice) -> list[str] | None:
    """What stands at each of the steps, if the file says it."""
    given = group.get("token")
    if not isinstance(given, h5py.Dataset) or h5py.check_string_dtype(given.dtype) is None:
        return None
    dims = _dims(given)
    if "step" not in dims or not {*dims} <= {"batch", "step"}:
        return None
    if given.shape[dims.index("step")] < steps.stop or _itemsize(given) > 4 * LETTERS:
        raise RefusedError("shapes", given.name)
    chosen = {"batch": sequence, "step": steps}
    read = given[tuple(chosen[dim] for dim in dims)]
    return [_decoded(token) for token in read.tolist()]


def _decoded(text: object) -> str:
    found = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    if len(found) > LETTERS:
        raise RefusedError("text")
    return found


def _relabelled(group: h5py.Group, dim: str) -> bool:
    """Whether the numbers along a dimension are not 0, 1, 2, …, as of a cut."""
    labels = _labels(group, dim)
    return labels is not None and not np.array_equal(labels, np.arange(len(labels)))


def _labels(group: h5py.Group, dim: str) -> np.ndarray | None:
    """The whole numbers along a dimension, if the file gives it some."""
    given = group.get(dim)
    if not isinstance(given, h5py.Dataset) or given.dtype.kind not in "iu":
        return None
    if len(given.shape) != 1 or given.shape[0] * 8 > SHOWN:
        return None
    return np.asarray(given[()])


def _text(group: h5py.Group, name: str) -> str | None:
    """An attribute that is a text."""
    if name not in group.attrs:
        return None
    kept = group.attrs.get_id(name)
    if kept.shape not in ((), (1,)) or h5py.check_string_dtype(kept.dtype) is None:
        return None
    found = group.attrs[name]
    return _decoded(found if isinstance(found, str | bytes) else np.ravel(found)[0])


def _whole(group: h5py.Group, name: str) -> int:
    """An attribute that is a whole number; 0 if it is none."""
    if name not in group.attrs:
        return 0
    kept = group.attrs.get_id(name)
    if kept.shape not in ((), (1,)) or kept.dtype.kind not in "iu":
        return 0
    return int(np.ravel(group.attrs[name])[0])


def answer(content: bytes, request: Mapping[str, Any]) -> bytes:
    """What is written out: the length of a JSON, the JSON, and the values as float32."""
    values: list[np.ndarray] = []
    try:
        said, values = _answered(content, request)
    except RefusedError as refused:
        said = {"refused": refused.why, "place": refused.place}
    except MemoryError:
        said = {"refused": "too much", "place": ""}
    except Exception:  # what h5py raises of a damaged file is of every kind
        said = {"refused": "damaged", "place": ""}
    head = json.dumps(said).encode()
    return b"".join([len(head).to_bytes(8, "little"), head, *(one.tobytes() for one in values)])


def _answered(
    content: bytes, request: Mapping[str, Any]
) -> tuple[dict[str, Any], list[np.ndarray]]:
    if not content.startswith(b"\x89HDF\r\n\x1a\n"):
        raise RefusedError("version 3" if content.startswith(b"CDF") else "no netCDF")
    with h5py.File(h5py.h5f.open_file_image(content), "r") as file:
        if request:
            return part(file, **request)
        return {"entries": [vars(entry) for entry in entries(file)]}, []


def _bound() -> None:
    """Little memory, little time, no file written, none left behind."""
    try:
        import resource
    except ImportError:  # not on Windows, where the time alone is bounded, from outside
        return
    for what, most in (
        (resource.RLIMIT_AS, ADDRESS_SPACE),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    _bound()
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read(), json.loads(sys.argv[1])))
