"""What a unit's wires carry adds up to its traced values, with interventions and without."""

import numpy as np
import pytest
import torch
from torch import nn

from explorer.recurrence.intervention import Intervention
from explorer.recurrence.quantities import GATES
from explorer.recurrence.trace import trace
from explorer.recurrence.unit import unit_steps
from tests.recurrence.reference import sigmoid

INPUTS = torch.randn(1, 6, 5, dtype=torch.float64, generator=torch.Generator().manual_seed(8))


@pytest.fixture(params=[(nn.GRU, True), (nn.LSTM, True), (nn.GRU, False), (nn.LSTM, False)])
def module(request):
    kind, bias = request.param
    torch.manual_seed(3)
    return kind(5, 7, num_layers=2, bias=bias, batch_first=True, dtype=torch.float64).eval()


@pytest.mark.parametrize(("layer", "number"), [(0, 0), (0, 6), (1, 3)])
@pytest.mark.parametrize("edited", [False, True])
def test_what_the_wires_carry_gives_the_traced_values(module, layer, number, edited):
    cell = "gru" if isinstance(module, nn.GRU) else "lstm"
    gate = GATES[cell][1]
    changes = [Intervention(gate, value=0.3, steps=range(1, 4))] if edited else []
    traced = trace(module, INPUTS, interventions=changes)
    unit = unit_steps(module, traced, INPUTS, layer=layer, unit=number)
    at, arguments = unit.values, {name: unit.input[name] + unit.state[name] for name in unit.input}
    for name in GATES[cell]:
        expected = sigmoid(arguments[name])
        if edited and name == gate:
            expected[1:4] = 0.3
        np.testing.assert_allclose(at[name], expected, atol=1e-12)
    if cell == "gru":
        candidate = np.tanh(unit.input["candidate"] + at["reset"] * unit.state["candidate"])
        blend = at["update"] * unit.before["hidden"] + (1 - at["update"]) * at["candidate"]
    else:
        candidate = np.tanh(arguments["candidate"])
        memory = at["forget"] * unit.before["memory"] + at["input"] * at["candidate"]
        np.testing.assert_allclose(at["memory"], memory, atol=1e-12)
        blend = at["output"] * np.tanh(at["memory"])
    np.testing.assert_allclose(at["candidate"], candidate, atol=1e-12)
    np.testing.assert_allclose(at["hidden"], blend, atol=1e-12)
    assert unit.before["hidden"][0] == 0
    np.testing.assert_array_equal(unit.before["hidden"][1:], at["hidden"][:-1])
