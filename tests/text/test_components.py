from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from explorer.text.components import components

KEYS = st.lists(st.sets(st.integers(0, 12), max_size=3), max_size=12)


@given(KEYS)
def test_components_are_what_spreading_from_neighbour_to_neighbour_finds(
    joined: list[set[int]],
) -> None:
    reached = {item: {item} for item in range(len(joined))}
    for _ in joined:
        for a, b in combinations(range(len(joined)), 2):
            if joined[a] & joined[b]:
                reached[a] |= reached[b]
                reached[b] |= reached[a]
    expected = {tuple(sorted(group)) for group in reached.values()}
    found = components(joined)
    assert {tuple(places) for places in found} == expected
    assert sorted(place for places in found for place in places) == list(range(len(joined)))
