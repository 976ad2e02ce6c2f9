"""Cells, which read one step a call: traced, recorded, changed and joined."""

import numpy as np
import pytest
import torch
import xarray as xr
from torch import nn

from explorer.recurrence.intervening import intervening
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.parity import parity
from explorer.recurrence.record import record
from explorer.recurrence.trace import trace

pytestmark = pytest.mark.usefixtures("layouts")

I, H, T = 4, 6, 7  # noqa: E741
CELLS = {
    "tanh": (nn.RNNCell, nn.RNN, {}),
    "relu": (nn.RNNCell, nn.RNN, {"nonlinearity": "relu"}),
    "gru": (nn.GRUCell, nn.GRU, {}),
    "lstm": (nn.LSTMCell, nn.LSTM, {}),
}
X = torch.randn(T, 3, I, dtype=torch.float64, generator=torch.Generator().manual_seed(1))


def build(kind, *, bias=True):
    """A cell, and the layer of the same weights."""
    torch.manual_seed(2)
    make_cell, make_layer, options = CELLS[kind]
    cell = make_cell(I, H, bias=bias, dtype=torch.float64, **options)
    layer = make_layer(I, H, bias=bias, dtype=torch.float64, **options)
    layer.load_state_dict({f"{name}_l0": value for name, value in cell.state_dict().items()})
    return cell, layer


def start(kind, *shape):
    state = torch.randn(2, *shape, dtype=torch.float64, generator=torch.Generator().manual_seed(3))
    return (state[0], state[1]) if kind == "lstm" else state[0]


def run(cell, inputs, state=None):
    for step in inputs:
        state = cell(step, state)
    return state


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("kind", CELLS)
def test_a_cell_is_traced_as_the_layer_of_its_weights(kind, bias):
    cell, layer = build(kind, bias=bias)
    xr.testing.assert_identical(trace(cell, X), trace(layer, X))
    xr.testing.assert_identical(trace(cell, X[0]), trace(layer, X[:1]))
    xr.testing.assert_identical(trace(cell, X[0, 0]), trace(layer, X[:1, 0]))


@pytest.mark.parametrize("shape", [(H,), (3, H)])
@pytest.mark.parametrize("kind", CELLS)
def test_a_step_is_the_cells_own(kind, shape):
    cell, _ = build(kind)
    inputs = X[0] if len(shape) == 2 else X[0, 0]
    state = start(kind, *shape)
    assert parity(cell, inputs, state).trace <= 1e-13
    nudge = Intervention("hidden", function=lambda values, *place: values * (1 + 1e-14))
    with torch.no_grad():
        own = cell(inputs, state)
        with intervening(cell, nudge):
            changed = cell(inputs, state)
    for mine, its in zip(*((x if kind == "lstm" else (x,)) for x in (changed, own)), strict=True):
        torch.testing.assert_close(mine, its, rtol=0, atol=1e-12)


@pytest.mark.parametrize("kind", CELLS)
def test_calls_that_go_on_are_one_trace(kind):
    cell, layer = build(kind)
    with torch.no_grad(), record(cell) as recording:
        state = run(cell, X)
        run(cell, X, state)
        run(cell, X[:2])  # no state: a new sequence
        run(cell, X[:3, :1], start(kind, 1, H))  # another state
    assert [traced.sizes["step"] for traced in recording[""]] == [2 * T, 2, 3]
    expected = trace(layer, torch.cat([X, X]))
    xr.testing.assert_allclose(recording[""][0], expected, rtol=0, atol=1e-13)
    assert recording[""][0]["length"].values.tolist() == [2 * T] * 3


def test_calls_go_on_where_a_search_reorders_its_rows():
    cell, _ = build("lstm")
    with torch.no_grad(), record(cell) as recording:
        state = cell(X[0])
        state = cell(X[1], tuple(part[[2, 0, 0]] for part in state))
        cell(X[2], tuple(part * 0.5 for part in state))
    assert [traced.sizes["step"] for traced in recording[""]] == [2, 1]
    assert recording.joined("").sizes["step"] == 3


@pytest.mark.parametrize("kind", CELLS)
def test_interventions_count_the_steps_of_a_sequence(kind):
    cell, layer = build(kind)
    given = Intervention("hidden", scale=0.5, steps=[1, 4])
    with torch.no_grad(), record(cell) as recording, intervening(cell, given):
        first, second = run(cell, X), run(cell, X)
    expected = trace(layer, X, interventions=[given])
    for traced in recording[""]:
        xr.testing.assert_allclose(traced, expected, rtol=0, atol=1e-13)
        assert traced.attrs == expected.attrs
    hidden = first[0] if kind == "lstm" else first
    np.testing.assert_allclose(hidden, expected["hidden"].values[0, 0, :, -1], rtol=0, atol=1e-13)
    assert torch.equal(hidden, second[0] if kind == "lstm" else second)


def test_a_cell_beside_a_layer_is_recorded():
    model = nn.ModuleDict({"encoder": nn.LSTM(I, H), "decoder": nn.LSTMCell(H, H)}).double()
    with record(model) as recording:
        run(model["decoder"], model["encoder"](X)[0])
    assert {name: len(traces) for name, traces in recording.items()} == {"encoder": 1, "decoder": 1}
    assert recording["decoder"][0].sizes["step"] == T


@pytest.mark.parametrize("kind", ["tanh", "gru"])
def test_sequences_that_a_mask_holds_keep_their_place(kind):
    cell, _ = build(kind)
    going = torch.arange(T)[:, None] < torch.tensor([T, 2, 4])  # (T, B)
    for step in (0, 3):
        nine = Intervention("hidden", value=9.0, steps=step)
        state, found = torch.zeros(3, H, dtype=torch.float64), []
        with torch.no_grad(), record(cell) as recording, intervening(cell, nine):
            for inputs, mask in zip(X, going, strict=True):
                state = torch.where(mask[:, None], cell(inputs, state), state)
                found.append(bool((state[0] == 9).all()))
        assert found == [at == step for at in range(T)]
        assert [traced.sizes["step"] for traced in recording[""]] == [T]


@pytest.mark.parametrize("kind", ["tanh", "relu", "gru"])
def test_new_zeros_begin_a_sequence_and_returned_ones_go_on(kind):
    cell, _ = build(kind)
    nothing = Intervention("hidden", value=0.0, steps=[1, 2])
    with torch.no_grad(), record(cell) as recording, intervening(cell, nothing):
        for _ in range(2):
            run(cell, X[:3], torch.zeros(3, H, dtype=torch.float64))
    assert [traced.sizes["step"] for traced in recording[""]] == [3, 3]
    assert all((traced.hidden[..., 1:, :] == 0).all() for traced in recording[""])


def test_zeros_that_a_layer_returns_go_on_with_its_running_steps():
    layer = build("relu")[1]
    late = Intervention("hidden", value=1.0, steps=4)
    with torch.no_grad(), record(layer) as recording:
        layer.bias_hh_l0.fill_(-1e3)  # no unit ever fires
        with intervening(layer, late, steps="running"):
            _, state = layer(X[:3])
            layer(X[:3], state.view_as(state))
            layer(X[:3], torch.zeros_like(state))
    assert [bool(traced.hidden.any()) for traced in recording[""]] == [False, True, False]
