"""Buckets: every pair once an epoch, in batches of like lengths."""

from random import Random

import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.training.buckets import Buckets

LENGTHS = st.lists(st.tuples(st.integers(1, 30), st.integers(1, 30)), min_size=1, max_size=60)


@settings(max_examples=60)
@given(LENGTHS, st.integers(1, 200), st.integers(0, 3))
def test_buckets_show_everything_once_and_keep_to_their_size(
    lengths: list[tuple[int, int]], tokens: int, epoch: int
) -> None:
    buckets = Buckets(torch.tensor(lengths), tokens, seed=1)
    steps = range(epoch * len(buckets), (epoch + 1) * len(buckets))
    batches = [buckets.batch(step).tolist() for step in steps]
    assert sorted(n for batch in batches for n in batch) == list(range(len(lengths)))
    for batch in batches:
        places = len(batch) * max(max(lengths[n]) for n in batch)
        assert places <= tokens or len(batch) == 1
    again = Buckets(torch.tensor(lengths), tokens, seed=1)
    assert batches == [again.batch(step).tolist() for step in reversed(steps)][::-1]


def test_another_epoch_has_another_order() -> None:
    lengths = torch.tensor([[Random(n).randint(2, 9), 5] for n in range(300)])
    buckets = Buckets(lengths, 60, seed=0)
    first = [sorted(buckets.batch(step).tolist()) for step in range(len(buckets))]
    second = [
        sorted(buckets.batch(step).tolist()) for step in range(len(buckets), 2 * len(buckets))
    ]
    assert first != second
    assert sorted(map(len, first)) == sorted(map(len, second))


def test_batches_by_length_hold_little_padding() -> None:
    random = Random(0)
    lengths = torch.tensor([[random.randint(3, 30), random.randint(3, 30)] for _ in range(3000)])
    buckets = Buckets(lengths, 600, seed=0)
    places = sum(
        len(n) * lengths[n, 0].max().item() for n in map(buckets.batch, range(len(buckets)))
    )
    assert lengths[:, 0].sum().item() / places > 0.9
