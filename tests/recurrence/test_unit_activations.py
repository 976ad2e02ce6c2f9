"""What a unit computes, term by term, adds up to its traced values."""

import numpy as np
import pytest
import torch
from torch import nn

from explorer.models.book_gru import BookGRU
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.quantities import GATES
from explorer.recurrence.trace import trace
from explorer.recurrence.unit_activations import unit_activations
from tests.recurrence.reference import sigmoid

INPUTS = torch.randn(1, 6, 5, dtype=torch.float64, generator=torch.Generator().manual_seed(8))


@pytest.fixture(params=[(nn.GRU, True), (nn.LSTM, True), (nn.GRU, False), (nn.LSTM, False)])
def module(request):
    kind, bias = request.param
    torch.manual_seed(3)
    return kind(5, 7, num_layers=2, bias=bias, batch_first=True, dtype=torch.float64).eval()


@pytest.mark.parametrize(("layer", "number"), [(0, 0), (0, 6), (1, 3)])
@pytest.mark.parametrize("edited", [False, True])
def test_a_units_activations_give_the_traced_values(module, layer, number, edited):
    cell = "gru" if isinstance(module, nn.GRU) else "lstm"
    gate = GATES[cell][1]
    changes = [Intervention(gate, value=0.3, steps=range(1, 4))] if edited else []
    traced = trace(module, INPUTS, interventions=changes)
    unit = unit_activations(module, traced, INPUTS, layer=layer, unit=number)
    at = unit.values
    for name in GATES[cell]:
        expected = sigmoid(unit.argument(name))
        if edited and name == gate:
            expected[1:4] = 0.3
        np.testing.assert_allclose(at[name], expected, atol=1e-12)
    if cell == "gru":
        state = unit.state["candidate"] + unit.state_bias["candidate"]
        of_input = unit.input["candidate"] + unit.input_bias["candidate"]
        candidate = np.tanh(of_input + at["reset"] * state)
        blend = at["update"] * unit.previous["hidden"] + (1 - at["update"]) * at["candidate"]
    else:
        candidate = np.tanh(unit.argument("candidate"))
        memory = at["forget"] * unit.previous["memory"] + at["input"] * at["candidate"]
        np.testing.assert_allclose(at["memory"], memory, atol=1e-12)
        blend = at["output"] * np.tanh(at["memory"])
    np.testing.assert_allclose(at["candidate"], candidate, atol=1e-12)
    np.testing.assert_allclose(at["hidden"], blend, atol=1e-12)
    assert unit.previous["hidden"][0] == 0
    np.testing.assert_array_equal(unit.previous["hidden"][1:], at["hidden"][:-1])


def test_the_gated_state_is_the_product_that_the_book_takes():
    torch.manual_seed(0)
    module = nn.GRU(4, 3, batch_first=True, dtype=torch.float64)
    inputs = torch.randn(1, 5, 4, dtype=torch.float64)
    traced = trace(module, inputs)
    unit = unit_activations(module, traced, inputs, layer=0, unit=1)
    reset, hidden = traced["reset"][0, 0, 0, 3], traced["hidden"][0, 0, 0, 2]
    W_hh = module.weight_hh_l0[2 * 3 + 1].detach().numpy()
    expected = sum(float(reset[k]) * float(hidden[k]) * W_hh[k] for k in range(3))
    assert unit.gated_state[3] == pytest.approx(expected, abs=1e-12)


def test_the_books_reset_gate_changes_its_own_term_of_the_candidate_alone():
    torch.manual_seed(3)
    module = BookGRU(5, 7, batch_first=True).double().eval()
    unit = unit_activations(module, trace(module, INPUTS), INPUTS, layer=0, unit=2)
    change = Intervention("reset", 0.3, units=2, steps=4)
    changed = trace(module, INPUTS, interventions=change)["candidate"].values[0, 0, 0, 4, 2]
    own = (0.3 - unit.values["reset"][4]) * unit.previous["hidden"][4] * unit.own_weight
    rest = unit.input["candidate"][4] + unit.gated_state[4] + unit.bias("candidate")
    expected = np.tanh(rest + own)
    np.testing.assert_allclose(changed, expected, atol=1e-12)
    assert abs(own) > 1e-4
