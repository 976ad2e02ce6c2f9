"""Calls of one module joined into one trace, and steps counted over them."""

import numpy as np
import pytest
import torch
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

from explorer.errors import ExplorerError
from explorer.recurrence.export import table
from explorer.recurrence.intervening import intervening
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.record import record
from explorer.recurrence.trace import trace

T, B = 8, 2
X = torch.randn(T, B, 4, dtype=torch.float64, generator=torch.Generator().manual_seed(1))


@pytest.fixture
def module():
    torch.manual_seed(0)
    return nn.LSTM(4, 6, 2, dtype=torch.float64)


@torch.no_grad()
def step_by_step(module, inputs, state=None):
    outputs = []
    for step in inputs:
        output, state = module(step[None], state)
        outputs.append(output)
    return torch.cat(outputs), state


def test_steps_run_on_over_the_calls(module):
    with record(module) as recording:
        step_by_step(module, X)
    tokens = ["abcdefgh", "ijklmnop"]
    joined = recording.joined("", tokens=tokens)
    expected = trace(module, X, tokens=tokens)
    xr.testing.assert_allclose(joined, expected, rtol=0, atol=1e-13)
    assert joined.attrs == expected.attrs
    assert joined["hidden"].attrs == expected["hidden"].attrs
    assert set(table(joined)["step"]) == set(range(T))


def test_projections_keep_their_dimension():
    module = nn.LSTM(4, 6, proj_size=3).double()
    with record(module, quantities=["hidden", "memory"]) as recording:
        step_by_step(module, X)
    expected = trace(module, X)[["memory", "hidden"]]
    xr.testing.assert_allclose(recording.joined(""), expected, rtol=0, atol=1e-13)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=1, max_size=4))
def test_each_sequence_keeps_its_own_steps_without_a_gap(calls):
    torch.manual_seed(0)
    module = nn.GRU(4, 6)
    alone = [[], []]
    with record(module) as recording:
        for lengths in calls:
            inputs = torch.randn(max(lengths), 2, 4)
            module(pack_padded_sequence(inputs, lengths, enforce_sorted=False))
            for b, length in enumerate(lengths):
                alone[b].append(trace(module, inputs[:length, b])["update"].values[0, 0, 0])
    joined = recording.joined("")
    assert joined["length"].values.tolist() == [
        sum(lengths) for lengths in zip(*calls, strict=True)
    ]
    for b, parts in enumerate(alone):
        ours, length = joined["update"].values[0, 0, b], int(joined["length"][b])
        np.testing.assert_allclose(ours[:length], np.concatenate(parts), rtol=0, atol=1e-6)
        assert np.isnan(ours[length:]).all()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("decoder", "no recurrent module named 'decoder'; it has ''"), ("", "read 1, 2 sequences")],
)
def test_what_cannot_be_joined_is_refused(module, name, sentence):
    with record(module) as recording:
        module(X)
        module(X[:, :1])
    with pytest.raises(ExplorerError, match=sentence):
        recording.joined(name)


def test_calls_that_were_not_made_cannot_be_joined(module):
    with record(module) as recording:
        pass
    with pytest.raises(ExplorerError, match="no call"):
        recording.joined("")


def test_tokens_are_as_many_as_the_steps_of_all_calls(module):
    with record(module) as recording:
        step_by_step(module, X)
    with pytest.raises(ExplorerError, match="as many tokens as steps: 8, 8, not 1, 1"):
        recording.joined("", tokens=["a", "b"])


def test_interventions_may_count_steps_over_calls(module):
    given = Intervention("forget", 0.0, layer=1, steps=[2, 5])
    with record(module) as recording, intervening(module, given, steps="running"):
        first, state = step_by_step(module, X[:4])
        second, _ = step_by_step(module, X[4:], state)
        again, _ = step_by_step(module, X)  # a new sequence begins at step 0
    expected = trace(module, X, interventions=[given])
    xr.testing.assert_allclose(
        recording.joined("").isel(step=slice(T)).assign_coords(length=expected["length"]),
        expected,
        rtol=0,
        atol=1e-13,
    )
    assert torch.equal(torch.cat([first, second]), again)


def test_running_steps_may_come_several_at_once_and_reordered(module):
    given = Intervention("forget", 0.0, steps=[2, 5])
    with torch.no_grad(), intervening(module, given, steps="running"):
        first, state = module(X[:4])
        second, _ = module(X[4:, [1, 0]], tuple(part[:, [1, 0]] for part in state))
    expected = trace(module, X, interventions=[given])["hidden"].values[-1, 0].swapaxes(0, 1)
    np.testing.assert_allclose(first, expected[:4], rtol=0, atol=1e-13)
    np.testing.assert_allclose(second, expected[4:, [1, 0]], rtol=0, atol=1e-13)


def test_steps_are_counted_in_one_of_two_ways(module):
    given = Intervention("forget", 0.0, steps=2)
    with intervening(module, given), pytest.raises(ExplorerError, match="no step 2"):
        step_by_step(module, X)
    with (
        pytest.raises(ExplorerError, match="'walking'"),
        intervening(module, given, steps="walking"),
    ):
        pytest.fail("it was opened")


def test_what_a_step_is_set_to_runs_on_with_the_steps(module):
    seen = []

    def look(values, place):
        seen.append(place.step)
        return values

    numbers = np.linspace(0, 1, T)[:, None]  # (step, unit)
    given = Intervention("forget", numbers, layer=1)
    looking = Intervention("hidden", function=look, layer=0, steps=range(3, 9))
    with record(module) as recording, intervening(module, given, looking, steps="running"):
        step_by_step(module, torch.cat([X, X[:2]]))  # two steps more than there are numbers
    forget = recording.joined("")["forget"].values[1, 0]  # (B, T + 2, H)
    np.testing.assert_allclose(forget[:, :T], np.broadcast_to(numbers, (B, T, 6)), rtol=0, atol=0)
    assert not np.isin(forget[:, T:], numbers).any()
    assert seen == list(range(3, 9))


def test_a_gate_out_of_range_is_named_by_its_running_step(module):
    given = Intervention("forget", scale=9.0, steps=5)
    with (
        pytest.raises(ExplorerError, match="at step 5, the intervention takes forget out"),
        intervening(module, given, steps="running"),
    ):
        step_by_step(module, X)
