"""Attribution to a named gate over all steps, against finite differences and Captum."""

import numpy as np
import pytest
import torch
from captum.attr import IntegratedGradients, LayerActivation, LayerIntegratedGradients
from torch import nn

import explorer
from explorer.errors import ExplorerError

I, H, B, T = 3, 4, 2, 5  # noqa: E741
NAMES = {"gru": ("update", "candidate", "hidden"), "lstm": ("forget", "output", "memory")}
CASES = [(kind, name) for kind, names in NAMES.items() for name in names]


@pytest.fixture(params=CASES, ids="-".join)
def case(request):
    kind, name = request.param
    torch.manual_seed(4)
    make = nn.GRU if kind == "gru" else nn.LSTM
    module = make(I, H, 2, bidirectional=True, batch_first=True).double()
    return module, torch.randn(B, T, I, dtype=torch.float64), name


def of(own):
    """One number for each sequence, and not a linear one."""
    return torch.tanh(own[0]).square().sum(dim=(1, 2))


def test_the_activation_is_the_trace(case):
    module, inputs, name = case
    found = explorer.layer_activation(module, inputs, name)
    assert not found.requires_grad
    np.testing.assert_allclose(found, explorer.trace(module, inputs)[name], atol=1e-13)


def test_the_gradient_is_that_of_finite_differences(case):
    module, inputs, name = case
    found = explorer.gradient_x_activation(module, inputs, name, of)
    value = explorer.layer_activation(module, inputs, name)
    for at in [(0, 0, 0, 0, 1), (0, 1, 1, 2, 3), (1, 0, 1, 4, 0)]:
        layer, direction, row, step, unit = at
        results = []
        for by in (1e-6, -1e-6):
            nudge = explorer.Intervention(
                name,
                function=lambda values, place, by=by: values + by,
                layer=layer,
                direction=("forward", "backward")[direction],
                batch=row,
                steps=step,
                units=unit,
            )
            with torch.no_grad(), explorer.intervening(module, nudge):
                results.append(of(module(inputs)).sum().item())
        slope = (results[0] - results[1]) / 2e-6
        assert found[at].item() == pytest.approx(slope * value[at].item(), rel=1e-5, abs=1e-8)


def test_the_integral_is_complete_and_captums(case):
    module, inputs, name = case
    found = explorer.integrated_gradients(module, inputs, name, of, points=20)
    shut = explorer.Intervention(name, value=0.0)
    with torch.no_grad(), explorer.intervening(module, shut):
        without = of(module(inputs))
    total = found.sum(dim=(0, 1, 3, 4))
    np.testing.assert_allclose(total, (of(module(inputs)) - without).detach(), rtol=0, atol=1e-6)

    run = explorer.unrolled(module)

    def result(values):  # (B, L, D, T, H), since Captum's first dimension is the batch
        rows = inputs.repeat(len(values) // B, 1, 1)
        return of(run(rows, replace={name: values.movedim(0, 2)})[0])

    gate = explorer.layer_activation(module, inputs, name).movedim(2, 0)
    # Captum places its points in single precision.
    expected = IntegratedGradients(result).attribute(gate, n_steps=20)
    np.testing.assert_allclose(found.movedim(2, 0), expected, rtol=0, atol=1e-7)


def test_captums_layer_methods_take_a_gate(case):
    module, inputs, name = case
    at = explorer.AtGate(module, name)
    torch.testing.assert_close(at(inputs)[0], module(inputs)[0], rtol=0, atol=1e-13)
    activation = LayerActivation(lambda x: of(at(x)), at.gate).attribute(inputs)
    own = explorer.layer_activation(module, inputs, name)
    torch.testing.assert_close(activation.movedim(0, 2), own, rtol=0, atol=1e-13)
    layer = LayerIntegratedGradients(lambda x: of(at(x)), at.gate)
    silence = torch.zeros_like(inputs)
    found = layer.attribute(inputs, baselines=silence, n_steps=20)
    low = explorer.layer_activation(module, silence, name)
    expected = explorer.integrated_gradients(module, inputs, name, of, baseline=low, points=20)
    np.testing.assert_allclose(found.detach().movedim(0, 2), expected, rtol=0, atol=1e-7)


def test_refusals():
    module, inputs = nn.GRU(I, H), torch.zeros(T, B, I)
    with pytest.raises(ExplorerError, match="no quantity 'forget'"):
        explorer.layer_activation(module, inputs, "forget")
    with pytest.raises(ExplorerError, match="no quantity 'forget'"):
        explorer.AtGate(module, "forget")(inputs)
    with pytest.raises(ExplorerError, match="at least one point"):
        explorer.integrated_gradients(module, inputs, "update", of, points=0)
