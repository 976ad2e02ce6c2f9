"""The modules of explorer.cells: against their papers' equations in NumPy, and as torch's own."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn.utils.rnn import pack_sequence

import explorer
from explorer.cells import SLSTM, MinGRU, MinimalGatedUnit, MinLSTM, PeepholeLSTM
from explorer.cells.parallel import scan
from explorer.errors import ExplorerError

I, H, B, T = 3, 4, 3, 7  # noqa: E741
KINDS = [PeepholeLSTM, MinimalGatedUnit, MinGRU, MinLSTM, SLSTM]


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def peephole_lstm(W, U, b, p, x, h, c):
    i, f, g, o = np.split(W @ x + U @ h + b, 4)
    i, f = sigmoid(i + p[0] * c), sigmoid(f + p[1] * c)
    c = f * c + i * np.tanh(g)
    o = sigmoid(o + p[2] * c)
    return {"input": i, "forget": f, "output": o, "memory": c, "hidden": o * np.tanh(c)}, c


def minimal_gated_unit(W, U, b, p, x, h, _):
    (wf, wh), (uf, uh), (bf, bh) = np.split(W, 2), np.split(U, 2), np.split(b, 2)
    f = sigmoid(wf @ x + uf @ h + bf)
    candidate = np.tanh(wh @ x + uh @ (f * h) + bh)
    return {"forget": f, "candidate": candidate, "hidden": (1 - f) * h + f * candidate}, None


def min_gru(W, U, b, p, x, h, _):
    z, candidate = np.split(W @ x + b, 2)
    z = sigmoid(z)
    return {"update": z, "candidate": candidate, "hidden": (1 - z) * h + z * candidate}, None


def min_lstm(W, U, b, p, x, h, _):
    f, i, candidate = np.split(W @ x + b, 3)
    f, i = sigmoid(f), sigmoid(i)
    f, i = f / (f + i), i / (f + i)
    return {"forget": f, "input": i, "hidden": f * h + i * candidate}, None


def slstm(W, U, b, p, x, h, state):
    """Without the stabilizer, which changes no hidden state."""
    c, n = state
    i, f, z, o = np.split(W @ x + U @ h + b, 4)
    i, f, z, o = np.exp(i), sigmoid(f), np.tanh(z), sigmoid(o)
    c, n = f * c + i * z, f * n + i
    return {"candidate": z, "output": o, "hidden": o * c / n}, (c, n)


REFERENCES = {
    PeepholeLSTM: (peephole_lstm, np.zeros(H)),
    MinimalGatedUnit: (minimal_gated_unit, None),
    MinGRU: (min_gru, None),
    MinLSTM: (min_lstm, None),
    SLSTM: (slstm, (np.zeros(H), np.zeros(H))),
}


def draw(*shape):
    return torch.randn(*shape, dtype=torch.float64)


def build(kind, **options):
    torch.manual_seed(6)
    return kind(I, H, **options).double()


def numbers(returned):
    if isinstance(returned, torch.Tensor):
        return [returned]
    return [tensor for part in returned for tensor in numbers(getattr(part, "data", part))]


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_what_the_equations_of_the_paper_give(kind):
    module, X = build(kind), draw(T, 1, I)
    part, (step, other) = module.layers[0][0], REFERENCES[kind]
    weights = [
        None if weight is None else weight.detach().numpy()
        for weight in (part.weight_ih, part.weight_hh, part.bias, part.peephole)
    ]
    traced, h = explorer.trace(module, X), np.zeros(H)
    for t, x in enumerate(X[:, 0].numpy()):
        expected, other = step(*weights, x, h, other)
        h = expected["hidden"]
        for name, values in expected.items():
            np.testing.assert_allclose(traced[name].values[0, 0, 0, t], values, atol=1e-13)
    np.testing.assert_allclose(module(X)[0][-1, 0].detach(), h, atol=1e-13)


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from(KINDS),
    st.integers(1, 2),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["batch", "batch first", "alone", "packed"]),
    st.booleans(),
)
def test_its_own_pass_its_trace_its_record_and_its_unrolled_form_agree(
    kind, layers, both, bias, form, begun
):
    module = build(
        kind,
        num_layers=layers,
        bidirectional=both,
        bias=bias,
        batch_first=form == "batch first",
    )
    shape = {"batch": (T, B, I), "batch first": (B, T, I), "alone": (T, I)}.get(form)
    inputs = draw(*shape) if shape else pack_sequence([draw(n, I) for n in (3, 7, 1)], False)
    state = None
    if begun:
        batch = () if form == "alone" else (B,)
        parts = [draw(layers * (1 + both), *batch, H).abs() for _ in kind.cell.states]
        state = parts[0] if len(parts) == 1 else tuple(parts)
    own = module(inputs, state)
    unrolled, gates = explorer.unrolled(module)(inputs, state)
    for mine, its in zip(numbers(unrolled), numbers(own), strict=True):
        torch.testing.assert_close(mine, its, rtol=0, atol=1e-12)
    with torch.no_grad(), explorer.record(module) as recording:
        module(inputs, state=state)
    traced = explorer.trace(module, inputs, state)
    assert recording[""][0].identical(traced)
    assert "difference" not in recording[""][0].attrs
    for name in kind.cell.quantities:
        np.testing.assert_allclose(gates[name].detach(), traced[name], rtol=0, atol=1e-12)
    for name in kind.cell.gates:
        assert traced[name].min() >= 0
        assert traced[name].max() <= 1


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 40), st.integers(0, 99))
def test_the_scan_is_the_loop(steps, seed):
    torch.manual_seed(seed)
    keep, add, start = torch.rand(steps, 2, 3).double(), draw(steps, 2, 3), draw(2, 3)
    expected, hidden = [], start
    for kept, added in zip(keep, add, strict=True):
        hidden = kept * hidden + added
        expected.append(hidden)
    torch.testing.assert_close(scan(keep, add, start), torch.stack(expected), rtol=0, atol=1e-12)


@pytest.mark.parametrize("kind", KINDS)
def test_a_change_of_a_gate_changes_what_the_module_returns(kind):
    module, X = build(kind, num_layers=2), draw(T, B, I)
    gate = kind.cell.gates[0]
    shut = explorer.Intervention(gate, value=0.25, layer=0, units=[1], steps=[2, 3], batch=1)
    traced = explorer.trace(module, X, interventions=shut)
    assert (traced[gate][0, 0, 1, 2:4, 1] == 0.25).all()
    with torch.no_grad(), explorer.intervening(module, shut):
        output, state = module(X)
    np.testing.assert_allclose(output, traced["hidden"][1, 0].transpose("step", "batch", "unit"))
    first = state[0] if isinstance(state, tuple) else state
    np.testing.assert_allclose(first[1], traced["hidden"][1, 0, :, -1])
    assert (output - module(X)[0]).abs().max() > 1e-9
    with pytest.raises(ExplorerError, match="between 0 and 1"):
        explorer.trace(module, X, interventions=explorer.Intervention(gate, scale=1e6))


@pytest.mark.parametrize("kind", KINDS)
def test_gradients_are_those_of_finite_differences(kind):
    module, X = build(kind), draw(3, 1, I)
    names = list(dict(module.named_parameters()))
    given_ = [value.detach().clone().requires_grad_() for value in module.parameters()]

    def run(inputs, *weights):
        values = dict(zip(names, weights, strict=True))
        return torch.func.functional_call(module, values, (inputs,))[0]

    assert torch.autograd.gradcheck(run, [X.requires_grad_(), *given_], fast_mode=True)


def test_large_inputs_overflow_nothing_in_an_slstm():
    output, _ = SLSTM(I, H)(1e4 * torch.randn(T, B, I))
    assert output.isfinite().all()
    assert output.abs().max() <= 1


def test_a_half_life_is_that_of_the_gate_that_keeps():
    X = draw(T, B, I)
    kept = explorer.trace(build(MinLSTM), X)
    assert explorer.half_life(kept).attrs["gate"] == "forget"
    assert list(explorer.saturation(kept).gate.values) == ["forget", "input"]
    replaced = explorer.trace(build(MinimalGatedUnit), X)  # has a forget gate, which keeps nothing
    with pytest.raises(ExplorerError, match="no gate that says"):
        explorer.half_life(replaced)
    assert list(explorer.saturation(replaced).gate.values) == ["forget"]
