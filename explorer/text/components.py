"""Connected components: puts together what is joined, directly or by way of others."""

from collections.abc import Hashable, Iterable, Sequence


def components(joined: Sequence[Iterable[Hashable]]) -> list[list[int]]:
    """The connected components of items that are joined where they share a key.

    Args:
        joined: The keys of each item; one that has none is a component of its own.

    Returns:
        The places of the items of each component, in order; the components by their first items.
    """
    parents = list(range(len(joined)))
    seen: dict[Hashable, int] = {}
    for item, keys in enumerate(joined):
        for key in keys:
            other = seen.setdefault(key, item)
            parents[_root(parents, item)] = _root(parents, other)
    found: dict[int, list[int]] = {}
    for item in range(len(joined)):
        found.setdefault(_root(parents, item), []).append(item)
    return list(found.values())


def _root(parents: list[int], item: int) -> int:
    """The item that stands for the component; the way to it is halved for the next time."""
    while parents[item] != item:
        parents[item] = parents[parents[item]]
        item = parents[item]
    return item
