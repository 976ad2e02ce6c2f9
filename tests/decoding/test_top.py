import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decoding.top import top_sums


@settings(max_examples=100)
@given(
    st.integers(1, 3),
    st.integers(1, 6),
    st.integers(1, 9000),
    st.integers(1, 30),
    st.integers(0, 99),
    st.booleans(),
)
def test_the_greatest_sums_are_those_of_torch(
    sources: int, rows: int, size: int, count: int, seed: int, some: bool
):
    chance = torch.Generator().manual_seed(seed)
    values = torch.randn(sources, rows, size, generator=chance)
    added = torch.randn(sources, rows, generator=chance)
    if some:  # as where most tokens are banned, and some rows are no prefixes
        values[torch.rand(values.shape, generator=chance) < 0.95] = -torch.inf
        added[torch.rand(added.shape, generator=chance) < 0.3] = -torch.inf
    count = min(count, rows * size)
    found, places = top_sums(values, added, count)
    sums = (values + added[:, :, None]).flatten(1)
    assert torch.equal(found, sums.topk(count).values)
    assert torch.equal(sums.gather(1, places), found)
    assert all(len(set(row)) == count for row in places.tolist())
