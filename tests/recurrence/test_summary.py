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
