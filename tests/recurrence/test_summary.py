import numpy as np
import pytest
import torch
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

from explorer.errors import ExplorerError
from explorer.recurrence.quantities import DIMS, GATES, QUANTITIES
from explorer.recurrence.record import record
from explorer.recurrence.summary import half_life, saturation
from explorer.recurrence.trace import trace


def made_up(cell, **values):
    """A trace of one unit with the given values over the steps; 0.5 elsewhere."""
    steps = len(next(iter(values.values())))
    filled = {name: values.get(name, [0.5] * steps) for name in QUANTITIES[cell]}
    return xr.Dataset(
        {name: (DIMS, np.reshape(value, (1, 1, 1, -1, 1))) for name, value in filled.items()},
        attrs={"cell": cell},
    )


@pytest.mark.parametrize(("cell", "gate"), [("gru", "update"), ("lstm", "forget")])
@pytest.mark.parametrize(
    ("values", "steps"),
    [
        ([0.5, 0.5], 1),
        ([0.25, 1.0], 1),  # the geometric mean, not the arithmetic
        ([0.5 ** (1 / 8)] * 3, 8),
        ([1.0, 1.0], np.inf),
        ([0.0, 1.0], 0),
        ([0.5, 0.5, np.nan], 1),
    ],
)
def test_half_life_of_known_gates(cell, gate, values, steps):
    result = half_life(made_up(cell, **{gate: values}))
    assert result.dims == ("layer", "direction", "unit")
    assert float(result.squeeze()) == pytest.approx(steps)


@given(share=st.floats(0.05, 0.999), length=st.integers(1, 6))
def test_after_the_half_life_half_is_left(share, length):
    steps = float(half_life(made_up("gru", update=[share] * length)).squeeze())
    assert share**steps == pytest.approx(0.5)


def test_for_a_gate_near_one_it_is_the_characteristic_time():
    steps = float(half_life(made_up("lstm", forget=[0.999])).squeeze())
    assert steps == pytest.approx(np.log(2) / (1 - 0.999), rel=1e-3)


def test_saturation_counts_steps_beyond_the_bounds():
    values = [0.05, 0.95, 0.99, 0.5, 0.1, np.nan]
    result = saturation(made_up("lstm", output=values)).sel(gate="output").squeeze()
    assert float(result["closed"]) == pytest.approx(1 / 5)
    assert float(result["open"]) == pytest.approx(2 / 5)
    wide = saturation(made_up("lstm", output=values), low=0.6, high=0.97)
    assert float(wide["closed"].sel(gate="output").squeeze()) == pytest.approx(3 / 5)
    assert float(wide["open"].sel(gate="output").squeeze()) == pytest.approx(1 / 5)


@pytest.mark.parametrize("build", [nn.GRU, nn.LSTM])
def test_padding_counts_for_nothing(build):
    module = build(3, 5, num_layers=2, bidirectional=True)
    inputs, lengths = torch.randn(6, 3, 3), [2, 6, 3]
    traced = trace(module, pack_padded_sequence(inputs, lengths, enforce_sorted=False))
    shares = saturation(traced, low=0.4, high=0.6)
    assert tuple(shares.gate.values) == GATES[traced.attrs["cell"]]
    for name in GATES[traced.attrs["cell"]]:
        values = traced[name].transpose("batch", "step", ...).values
        true = np.concatenate([values[b, :length] for b, length in enumerate(lengths)])
        np.testing.assert_allclose(shares["closed"].sel(gate=name), (true < 0.4).mean(axis=0))
        np.testing.assert_allclose(shares["open"].sel(gate=name), (true > 0.6).mean(axis=0))


@pytest.mark.parametrize("summary", [half_life, saturation])
def test_a_plain_rnn_has_no_gates_to_sum_up(summary):
    with pytest.raises(ExplorerError, match="A plain RNN has no gates"):
        summary(trace(nn.RNN(3, 5), torch.randn(4, 1, 3)))


def calls(build, *inputs):
    module = build(3, 5, num_layers=2, bidirectional=True)
    with record(module) as recording:
        for one in inputs:
            module(one)
    return module, recording[""]


@pytest.mark.parametrize("summary", [half_life, saturation])
@pytest.mark.parametrize("build", [nn.GRU, nn.LSTM])
def test_several_calls_count_as_one_batch(summary, build):
    inputs = torch.randn(6, 3, 3)
    packed = [pack_padded_sequence(inputs, lengths) for lengths in ([6, 3, 2], [6, 5, 4])]
    module, traces = calls(build, *packed)
    twice = torch.cat([inputs, inputs], 1)
    whole = trace(module, pack_padded_sequence(twice, [6, 3, 2, 6, 5, 4], enforce_sorted=False))
    xr.testing.assert_allclose(summary(traces), summary(whole))
    xr.testing.assert_identical(summary(traces[:1]), summary(traces[0]))
    _, traces = calls(build, *[inputs[:steps] for steps in (1, 4, 2)])  # of any lengths
    assert summary(traces).sizes == summary(traces[0]).sizes


@pytest.mark.parametrize("summary", [half_life, saturation])
def test_a_cut_is_summed_up_as_the_whole_is(summary):
    traced = trace(nn.LSTM(3, 5, num_layers=2, bidirectional=True), torch.randn(6, 3, 3))
    whole = summary(traced)
    for place in ({"unit": 3}, {"layer": [1]}, {"direction": 0, "unit": slice(2)}):
        xr.testing.assert_allclose(summary(traced.isel(place)), whole.isel(place), 1e-12)
    xr.testing.assert_allclose(
        summary(traced.isel(batch=1, drop=True)), summary(traced.isel(batch=[1])), 1e-12
    )
    xr.testing.assert_identical(summary(traced.drop_attrs()), whole)
    xr.testing.assert_identical(
        summary(traced[["forget"]]), whole if summary is half_life else whole.sel(gate=["forget"])
    )
    xr.testing.assert_identical(half_life(traced["forget"]), half_life(traced))


@pytest.mark.parametrize("summary", [half_life, saturation])
def test_what_cannot_be_summed_up_gets_a_sentence(summary):
    traced = trace(nn.GRU(3, 5), torch.randn(4, 1, 3))
    for asked, sentence in (
        (traced["reset"], "the update gate of a GRU or the forget gate of an LSTM"),
        (traced["update"].values, "this is a ndarray"),
        (nn.GRU(3, 5), "this is a GRU"),
        ({"": (traced,)}, "this is a dict"),
        ([], "the module was not called"),
        ((traced, trace(nn.GRU(3, 6), torch.randn(4, 1, 3))), "modules of different sizes"),
        ((traced, trace(nn.LSTM(3, 5), torch.randn(4, 1, 3))), "the update gate of a GRU or"),
    ):
        with pytest.raises(ExplorerError, match=sentence):
            summary(asked)


@pytest.mark.parametrize(
    ("low", "high"), [(0.9, 0.1), ("0.1", 0.9), (np.nan, 0.9), ([0.1], 0.9), (None, 1)]
)
def test_bounds_that_are_none_get_a_sentence(low, high):
    with pytest.raises(ExplorerError, match="two numbers, the lower one first"):
        saturation(made_up("gru", update=[0.5]), low=low, high=high)
