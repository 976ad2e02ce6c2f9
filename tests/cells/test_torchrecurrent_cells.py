"""Cells of torchrecurrent: what is said of each is what its own forward computes."""

import numpy as np
import pytest
import torch
import torchrecurrent

import explorer
from explorer.cells import torchrecurrent_cells
from explorer.errors import ExplorerError

I, H, B, T = 3, 5, 2, 6  # noqa: E741
NAMES = torchrecurrent_cells.describe()


def build(name, **options):
    torch.manual_seed(7)
    cell = getattr(torchrecurrent, name)(I, H, **options)
    with torch.no_grad():
        for weight in cell.parameters():  # biases and peepholes begin at 0
            weight.add_(0.3 * torch.randn_like(weight))
    return cell


def run(cell, inputs):
    """The hidden states and the last state, by the cell's own forward."""
    state, hiddens = None, []
    for step in inputs:
        state = cell(step, state)
        hiddens.append(state[0] if isinstance(state, tuple) else state)
    return torch.stack(hiddens), state


def test_there_are_ten_and_more():
    assert len(NAMES) >= 10


@pytest.mark.parametrize("name", NAMES)
def test_a_trace_is_what_the_cells_own_forward_computes(name):
    cell, X = build(name), torch.randn(T, B, I)
    hiddens, last = run(cell, X)
    traced = explorer.trace(cell, X)
    np.testing.assert_allclose(
        traced["hidden"][0, 0].transpose("step", "batch", "unit"), hiddens.detach(), atol=1e-5
    )
    with torch.no_grad(), explorer.record(cell) as recording:
        run(cell, X)
    (recorded,) = recording[""]
    assert "difference" not in recorded.attrs
    np.testing.assert_allclose(recorded["hidden"], traced["hidden"], atol=1e-6)
    state, gates = explorer.unrolled(cell)(X)
    torch.testing.assert_close(state, last, rtol=0, atol=1e-5)
    np.testing.assert_allclose(gates["hidden"].detach(), traced["hidden"], atol=1e-6)
    gates[next(iter(gates))].sum().backward()
    assert cell.weight_ih.grad.abs().sum() > 0


@pytest.mark.parametrize("name", ["MGUCell", "PeepholeLSTMCell"])
def test_a_change_is_made_in_the_cells_own_calls(name):
    cell, X = build(name, bias=False), torch.randn(T, B, I)
    shut = explorer.Intervention("forget", value=0.0, steps=[2])
    with torch.no_grad(), explorer.intervening(cell, shut):
        changed, _ = run(cell, X)
    expected = explorer.trace(cell, X, interventions=shut)["hidden"][0, 0]
    np.testing.assert_allclose(changed.swapaxes(0, 1), expected, atol=1e-6)


def test_the_cells_of_a_layer_are_recorded_each():
    layer = torchrecurrent.MGU(I, H, num_layers=2)
    with torch.no_grad(), explorer.record(layer) as recording:
        output, _ = layer(torch.randn(T, B, I))
    assert list(recording) == ["cells.0", "cells.1"]
    (last,) = recording["cells.1"]
    np.testing.assert_allclose(last["hidden"][0, 0], output.swapaxes(0, 1), atol=1e-6)


def test_a_wrong_description_is_told_by_the_cells_own_output():
    class Halved(torchrecurrent.UGRNNCell):
        pass

    def step(cell, x, state, see):
        return (see("hidden", 0.5 * x[:, :H]),)

    explorer.traceable(explorer.Cell("halved", ("hidden",), step=step, project=project))(Halved)
    cell = Halved(I, H)
    told = pytest.warns(UserWarning, match="differs from what the module returned")
    with torch.no_grad(), told, explorer.record(cell) as recording:
        cell(torch.randn(B, I))
    assert recording[""][0].attrs["difference"] > 1e-3


def project(cell, inputs):
    return inputs @ cell.weight_ih.t()


def test_a_cell_that_is_not_described_is_refused_with_the_way_out():
    with pytest.raises(ExplorerError, match="NASCell of torchrecurrent is not described yet"):
        explorer.trace(torchrecurrent.NASCell(I, H), torch.randn(T, B, I))


def test_without_the_package_it_says_so(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "torchrecurrent", None)
    with pytest.raises(ExplorerError, match="not installed"):
        torchrecurrent_cells.describe()
