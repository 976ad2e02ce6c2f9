"""How sequences of several lengths become rows, and rows segments."""

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

from explorer.recurrence.modules import structure_of
from explorer.recurrence.sequences import read_inputs


@given(st.lists(st.integers(1, 9), min_size=1, max_size=7))
def test_stretches_hold_every_row_once_and_are_as_few_as_they_can_be(lengths):
    inputs = torch.arange(max(lengths) * len(lengths), dtype=torch.float).view(-1, len(lengths), 1)
    packed = pack_padded_sequence(inputs, lengths, enforce_sorted=False)
    rows = read_inputs(structure_of(nn.GRU(1, 2)), packed, torch.float32)
    standing = [segment.sequences for segment in rows.segments for _ in range(segment.steps)]
    assert standing == rows.sizes.tolist()
    assert len(rows.segments) == len(set(lengths))
    for segment in rows.segments:
        given_ = inputs[segment.place, rows.order[: segment.sequences], 0]  # (t, n)
        np.testing.assert_array_equal(rows.values[segment.rows, 0], given_.flatten())
