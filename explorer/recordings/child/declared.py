"""The traces of a file as it declares them, bounded before a value is read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import h5py
import numpy as np

from .bounds import DEPTH, GROUPS, LETTERS, LINKS, PLACE, SHOWN, UNPACKED, RefusedError

DIMS = ("layer", "direction", "batch", "step", "unit")
_FILTERS = {h5py.h5z.FILTER_DEFLATE, h5py.h5z.FILTER_SHUFFLE, h5py.h5z.FILTER_FLETCHER32}
_LAYOUTS = {h5py.h5d.COMPACT, h5py.h5d.CONTIGUOUS, h5py.h5d.CHUNKED}


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
    if dataset.chunks and int(np.prod(dataset.chunks, dtype=object)) * itemsize(dataset) > SHOWN:
        raise RefusedError("large", name)


def itemsize(dataset: h5py.Dataset) -> int:
    """Bytes of one value."""
    return max(1, int(dataset.id.get_type().get_size()))


def _entry(group: h5py.Group) -> Entry | None:
    """The trace that a group holds, if it holds one."""
    dims = {name: dim_names(group[name]) for name in group if isinstance(group[name], h5py.Dataset)}
    over_steps = [name for name, of in dims.items() if "step" in of and len(of) > 2]
    names = [name for name in dims if {"step", "unit"} <= {*dims[name]} <= {*DIMS}]
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
    if not (name.isidentifier() and name.isascii() and len(name) <= PLACE):
        raise RefusedError("text", name)


def dim_names(dataset: h5py.Dataset) -> tuple[str, ...]:
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
    return {dim: given.get(dim, 1) for dim in DIMS}


def decoded(text: object) -> str:
    """A text of the file, if it is short enough."""
    found = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    if len(found) > LETTERS:
        raise RefusedError("text")
    return found


def _relabelled(group: h5py.Group, dim: str) -> bool:
    """Whether the numbers along a dimension are not 0, 1, 2, …, as of a cut."""
    labels = dim_labels(group, dim)
    return labels is not None and not np.array_equal(labels, np.arange(len(labels)))


def dim_labels(group: h5py.Group, dim: str) -> np.ndarray | None:
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
    return decoded(found if isinstance(found, str | bytes) else np.ravel(found)[0])


def _whole(group: h5py.Group, name: str) -> int:
    """An attribute that is a whole number; 0 if it is none."""
    if name not in group.attrs:
        return 0
    kept = group.attrs.get_id(name)
    if kept.shape not in ((), (1,)) or kept.dtype.kind not in "iu":
        return 0
    return int(np.ravel(group.attrs[name])[0])
