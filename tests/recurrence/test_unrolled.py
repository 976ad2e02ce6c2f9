"""Gates with gradients: the same values as torch's own pass, and gradients both ways."""

import copy

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.nn.utils.parametrizations import weight_norm
from torch.nn.utils.rnn import PackedSequence, pack_sequence

import explorer
from explorer.errors import ExplorerError
from explorer.models.book_gru import BookGRU

I, H, B, T = 3, 4, 3, 5  # noqa: E741
KINDS = {
    "tanh": (nn.RNN, {}),
    "relu": (nn.RNN, {"nonlinearity": "relu"}),
    "gru": (nn.GRU, {}),
    "lstm": (nn.LSTM, {}),
    "projected": (nn.LSTM, {"proj_size": 2}),
    "book": (BookGRU, {}),
}
GATES = {"gru": ("reset", "update", "candidate"), "lstm": ("input", "forget", "output", "memory")}


def draw(*shape):
    return torch.randn(*shape, dtype=torch.float64)


def build(kind, *, layers=1, both=False, **options):
    make, own = KINDS[kind]
    if both and make is not BookGRU:
        options["bidirectional"] = True
    return make(I, H, layers, **own, **options).double()


def numbers(returned):
    """All tensors of what a module returns, one after another."""
    if isinstance(returned, PackedSequence):
        return [returned.data]
    if isinstance(returned, torch.Tensor):
        return [returned]
    return [tensor for part in returned for tensor in numbers(part)]


@settings(max_examples=16, deadline=None)
@given(
    st.sampled_from(sorted(KINDS)),
    st.integers(1, 3),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["batch", "batch first", "alone", "packed", "sorted"]),
    st.booleans(),
    st.integers(0, 99),
)
def test_it_returns_what_the_module_returns_and_the_gates_of_its_trace(
    kind, layers, both, bias, form, begun, seed
):
    torch.manual_seed(seed)
    module = build(kind, layers=layers, both=both, bias=bias, batch_first=form == "batch first")
    lengths = {"packed": [2, 5, 3], "sorted": [5, 5, 1]}.get(form)
    if lengths:
        sequences = [draw(length, I) for length in lengths]
        inputs = pack_sequence(sequences, enforce_sorted=form == "sorted")
    else:
        inputs = draw(*{"batch": (T, B, I), "batch first": (B, T, I), "alone": (T, I)}[form])
    places = layers * (2 if both and kind != "book" else 1)
    batch = () if form == "alone" else (B,)
    state = draw(places, *batch, module.proj_size or H) if begun else None
    if begun and kind in ("lstm", "projected"):
        state = (state, draw(places, *batch, H))
    own, gates = explorer.unrolled(module)(inputs, state)
    expected = module(inputs, state)
    for mine, its in zip(numbers(own), numbers(expected), strict=True):
        torch.testing.assert_close(mine, its, rtol=0, atol=1e-12)
    traced = explorer.trace(module, inputs, state)
    assert list(gates) == list(traced)
    for name, values in gates.items():
        np.testing.assert_allclose(values.detach(), traced[name].values, rtol=0, atol=1e-12)


@pytest.mark.parametrize("make", [nn.RNNCell, nn.GRUCell, nn.LSTMCell])
def test_a_cell_of_torch_may_be_called_by_step_or_for_all_steps(make):
    cell = make(I, H).double()
    run, inputs, state = explorer.unrolled(cell), draw(T, B, I), None
    found = []
    for step in inputs:
        expected = cell(step, state)
        state, gates = run(step, state)
        for mine, its in zip(numbers(state), numbers(expected), strict=True):
            torch.testing.assert_close(mine, its, rtol=0, atol=1e-13)
        found.append(gates["hidden"])
    last, gates = run(inputs)
    torch.testing.assert_close(numbers(last)[0], numbers(state)[0], rtol=0, atol=1e-13)
    torch.testing.assert_close(gates["hidden"], torch.cat(found, dim=3), rtol=0, atol=1e-13)
    np.testing.assert_allclose(
        gates["hidden"].detach(), explorer.trace(cell, inputs)["hidden"], atol=1e-13
    )


def changed(module, inputs, name, at, by, of):
    """The result where one number of a quantity is moved, by the engine, which has no gradients."""
    layer, direction, row, step, unit = at
    nudge = explorer.Intervention(
        name,
        function=lambda values, place: values + by,
        layer=layer,
        direction=("forward", "backward")[direction],
        batch=row,
        steps=step,
        units=unit,
    )
    with torch.no_grad(), explorer.intervening(module, nudge):
        return of(module(inputs)).item()


@pytest.mark.parametrize(
    ("kind", "name"), [(k, name) for k, names in GATES.items() for name in names]
)
def test_the_gradient_at_a_gate_is_what_an_intervention_there_does(kind, name):
    torch.manual_seed(5)
    module = build(kind, layers=2, both=True)
    inputs = pack_sequence([draw(length, I) for length in (2, 4)], enforce_sorted=False)
    weights = draw(6, 2 * H)

    def of(own):
        return (own[0].data * weights).sum() + own[1][0].sum()

    own, gates = explorer.unrolled(module)(inputs)
    gradient = gates.gradient(of(own), name)
    assert gradient.shape == (2, 2, 2, 4, H)
    assert gradient[:, :, 0, 2:].isnan().all()  # the first sequence has two steps
    for at in [(0, 0, 0, 0, 1), (0, 1, 1, 3, 2), (1, 0, 1, 2, 0), (1, 1, 0, 1, 3)]:
        up, down = (changed(module, inputs, name, at, sign * 1e-6, of) for sign in (1, -1))
        assert gradient[at].item() == pytest.approx((up - down) / 2e-6, rel=1e-5, abs=1e-8)


@pytest.mark.parametrize("kind", ["tanh", "gru", "lstm", "projected", "book"])
def test_gates_are_differentiable_by_inputs_and_weights(kind):
    torch.manual_seed(1)
    module = build(kind, layers=2)
    run, names = explorer.unrolled(module), [name for name, _ in module.named_parameters()]

    def gates(inputs, *weights):
        given = {f"module.{name}": value for name, value in zip(names, weights, strict=True)}
        _, found = torch.func.functional_call(run, given, (inputs,))
        return tuple(found.values())

    given = [draw(2, 1, I), *[value.detach() for value in module.parameters()]]
    given = [value.clone().requires_grad_() for value in given]
    assert torch.autograd.gradcheck(gates, given, eps=1e-6, atol=1e-6, fast_mode=True)


def test_a_loss_on_a_gate_trains_the_module_itself():
    torch.manual_seed(2)
    module, inputs = build("lstm"), draw(T, B, I)
    run = explorer.unrolled(module)
    assert {id(p) for p in run.parameters()} == {id(p) for p in module.parameters()}
    before = explorer.trace(module, inputs)["forget"].mean().item()
    for _ in range(20):
        _, gates = run(inputs)
        run.zero_grad()
        (1 - gates["forget"]).mean().backward()
        with torch.no_grad():
            for weight in run.parameters():
                weight -= 5 * weight.grad
    assert explorer.trace(module, inputs)["forget"].mean().item() > before + 0.1


def test_a_gradient_at_a_gate_can_be_trained_on():
    torch.manual_seed(3)
    module, inputs = build("gru"), draw(T, B, I)
    (output, _), gates = explorer.unrolled(module)(inputs)
    penalty = gates.gradient(output[-1].sum(), "update", create_graph=True).square().sum()
    penalty.backward()
    assert all(weight.grad.abs().sum() > 0 for weight in module.parameters())


def test_frozen_weights_still_give_gradients_at_gates():
    module = build("gru").requires_grad_(False)
    (output, _), gates = explorer.unrolled(module)(draw(T, B, I))
    assert gates.gradient(output[-1].sum(), "update").abs().sum() > 0


def test_dropout_is_that_of_the_mode():
    module, inputs = build("gru", layers=2, dropout=0.5), draw(T, B, I)
    run = explorer.unrolled(module)
    run.eval()
    torch.testing.assert_close(run(inputs)[0][0], module(inputs)[0], rtol=0, atol=1e-13)
    run.train()
    assert not torch.equal(run(inputs)[0][0], run(inputs)[0][0])
    torch.testing.assert_close(  # between layers alone
        run(inputs)[1]["hidden"][0], run.eval()(inputs)[1]["hidden"][0], rtol=0, atol=1e-13
    )


@pytest.mark.filterwarnings("ignore:`torch.nn.utils.weight_norm` is deprecated")
@pytest.mark.parametrize("norm", [weight_norm, nn.utils.weight_norm])
def test_weights_that_are_computed_get_the_gradient(norm):
    module = norm(build("gru"), "weight_hh_l0")
    inputs = draw(T, B, I)
    (output, _), gates = explorer.unrolled(module)(inputs)
    torch.testing.assert_close(output, module(inputs)[0], rtol=0, atol=1e-13)
    gates["update"].sum().backward()
    assert all(weight.grad is not None for weight in module.parameters())


def test_it_is_copied_and_saved_as_any_module():
    run = explorer.unrolled(build("gru"))
    twin = copy.deepcopy(run)
    twin.load_state_dict(run.state_dict())
    inputs = draw(T, B, I)
    torch.testing.assert_close(run(inputs)[0][0], twin(inputs)[0][0])


class Scaled(nn.GRU):
    def forward(self, inputs, hx=None):
        return super().forward(2 * inputs, hx)


X = torch.zeros(T, B, I)
REFUSED = {
    "not a Linear": lambda: explorer.unrolled(nn.Linear(I, H)),
    "forward of its own": lambda: explorer.unrolled(Scaled(I, H)),
    "no quantity 'forget' here; the module has reset": lambda: explorer.unrolled(nn.GRU(I, H))(
        X, replace={"forget": torch.zeros(())}
    ),
    "does not expand": lambda: explorer.unrolled(nn.GRU(I, H))(X, replace={"update": X}),
    "expects 3": lambda: explorer.unrolled(nn.GRU(I, H))(X[..., :2]),
    r"must be \(1, 3, 4\)": lambda: explorer.unrolled(nn.GRU(I, H))(X, X[:1]),
    "kept no graph": lambda: graphless().gradient(torch.zeros(()), "update"),
}


def graphless():
    with torch.no_grad():
        return explorer.unrolled(nn.GRU(I, H))(X)[1]


@pytest.mark.parametrize("why", REFUSED)
def test_what_cannot_be_is_refused_in_words(why):
    with pytest.raises(ExplorerError, match=why):
        REFUSED[why]()
