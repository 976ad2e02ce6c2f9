import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decoding.top import top


@settings(max_examples=60)
@given(
    st.integers(1, 4), st.integers(1, 2000), st.integers(1, 30), st.integers(0, 99), st.booleans()
)
def test_the_greatest_are_those_of_torch(rows: int, size: int, count: int, seed: int, some: bool):
    chance = torch.Generator().manual_seed(seed)
    values = torch.randn(rows, size, generator=chance)
    if some:  # as where most tokens are banned
        values[torch.rand(rows, size, generator=chance) < 0.95] = -torch.inf
    count = min(count, size)
    found, places = top(values, count)
    assert torch.equal(found, values.topk(count).values)
    assert torch.equal(values.gather(1, places), found)
    assert all(len(set(row)) == count for row in places.tolist())
