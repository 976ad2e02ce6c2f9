"""LSTMs that project their hidden state (``proj_size``), against torch and the equations."""

from itertools import product

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

from explorer.errors import ExplorerError
from explorer.recurrence.gradient import through_time
from explorer.recurrence.intervening import intervening
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.parity import parity
from explorer.recurrence.quantities import QUANTITIES
from explorer.recurrence.record import record
from explorer.recurrence.trace import trace
from explorer.recurrence.unit_activations import unit_activations
from tests.recurrence import edited

pytestmark = [
    pytest.mark.usefixtures("layouts"),
    pytest.mark.filterwarnings("ignore:LSTM with projections is not supported:UserWarning"),
]

I, H, P, T = 5, 7, 4, 6  # noqa: E741
TOLERANCE = {torch.float32: 1e-6, torch.float64: 1e-13}


def build(*, dtype=torch.float64, **options):
    torch.manual_seed(3)
    return nn.LSTM(I, H, proj_size=P, dtype=dtype, **options)


def read(*shape, dtype=torch.float64):
    return torch.randn(*shape, dtype=dtype, generator=torch.Generator().manual_seed(4))


@pytest.mark.parametrize("dtype", TOLERANCE, ids=str)
@pytest.mark.parametrize("batch", [1, 3, 40])
def test_hidden_and_memory_are_those_of_the_fused_module(batch, dtype):
    for layers, both, bias in product((1, 2), (False, True), (False, True)):
        module = build(num_layers=layers, bidirectional=both, bias=bias, dtype=dtype)
        inputs, L_D = read(T, batch, I, dtype=dtype), layers * (1 + both)
        state = read(L_D, batch, P, dtype=dtype), read(L_D, batch, H, dtype=dtype)
        lengths = [1 + n % T for n in range(batch)]
        packed = pack_padded_sequence(inputs, lengths, enforce_sorted=False)
        for given in (inputs, packed):
            assert parity(module, given, state).trace <= TOLERANCE[dtype]
        traced, (_, (hidden, memory)) = trace(module, inputs, state), module(inputs, state)
        for name, final in {"hidden": hidden, "memory": memory}.items():
            ends = [traced[name].values[:, way, :, -1 if not way else 0] for way in range(1 + both)]
            ours = np.stack(ends, axis=1).reshape(final.shape)
            np.testing.assert_allclose(ours, final.detach(), rtol=0, atol=TOLERANCE[dtype])


def test_the_hidden_state_has_a_dimension_of_its_own():
    traced = trace(build(), read(T, 2, I), tokens=["abcdef", "ghijkl"])
    assert traced["hidden"].dims == ("layer", "direction", "batch", "step", "projected_unit")
    assert traced["projected_unit"].values.tolist() == list(range(P))
    assert traced["memory"].sizes["unit"] == H
    assert traced.attrs["proj_size"] == P


@pytest.mark.parametrize("name", QUANTITIES["lstm"])
def test_an_edited_quantity_goes_into_the_equations(name):
    module, inputs = build(num_layers=2, bidirectional=True), read(T, 3, I)
    places = {"layer": 0, "direction": "backward", "units": [1, 3], "steps": range(2, 4)}
    traced = trace(module, inputs, interventions=[Intervention(name, scale=0.4, **places)])

    def edit(layer, way, step, quantity, values):
        new = values.copy()
        if (layer, way, quantity) == (0, 1, name) and step in (2, 3):
            new[[1, 3]] *= 0.4
        return new

    for b in range(3):
        for (layer, way), quantities in edited.stack(module, inputs[:, b].numpy(), edit).items():
            for quantity, values in quantities.items():
                ours = traced[quantity].values[layer, way, b]
                np.testing.assert_allclose(ours, values, rtol=0, atol=1e-13)


def test_a_model_goes_on_with_the_changed_projection():
    module, inputs, half = build(batch_first=True), read(3, T, I), Intervention("hidden", scale=0.5)
    with torch.no_grad(), intervening(module, half), record(module) as recording:
        output, (hidden, memory) = module(inputs)
    (traced,) = recording[""]
    np.testing.assert_array_equal(output, traced["hidden"].values[0, 0])
    np.testing.assert_array_equal(hidden[0], traced["hidden"].values[0, 0, :, -1])
    np.testing.assert_array_equal(memory[0], traced["memory"].values[0, 0, :, -1])


def test_units_of_the_projection_are_fewer():
    with pytest.raises(ExplorerError, match="no unit 4: the units are numbered 0 to 3"):
        trace(build(), read(T, 1, I), interventions=[Intervention("hidden", 0.5, units=P)])
    trace(build(), read(T, 1, I), interventions=[Intervention("memory", 0.5, units=H - 1)])


def test_gradients_through_a_projection_are_refused():
    with pytest.raises(ExplorerError, match="projects its hidden state"):
        list(through_time(build(), read(T, 1, I), lags=[1]))


def test_a_units_wires_lead_to_its_memory():
    module, inputs = build(num_layers=2), read(T, 1, I)
    traced = trace(module, inputs)
    unit = unit_activations(module, traced, inputs[:, 0][None], layer=1, unit=H - 1)
    assert "hidden" not in {**unit.values, **unit.previous}
    forget = 1 / (1 + np.exp(-unit.argument("forget")))
    np.testing.assert_allclose(unit.values["forget"], forget, rtol=0, atol=1e-13)
