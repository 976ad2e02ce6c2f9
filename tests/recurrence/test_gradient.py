"""Jacobians of states, against PyTorch's automatic differentiation and finite differences."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from explorer.errors import ExplorerError
from explorer.models.book_gru import BookGRU
from explorer.recurrence.gradient import Dependence, through_time
from explorer.recurrence.trace import trace

BUILDERS = {
    "tanh": nn.RNN,
    "relu": lambda *sizes, **options: nn.RNN(*sizes, nonlinearity="relu", **options),
    "gru": nn.GRU,
    "gru book": lambda *sizes, dtype, **options: BookGRU(*sizes, **options).to(dtype),
    "lstm": nn.LSTM,
}
SIZES = st.integers(1, 6)


def build(kind, inputs, units, *, scale=1.5, **options):
    """A float64 module with weights large enough for every term to matter."""
    torch.manual_seed(inputs * 10 + units)
    module = BUILDERS[kind](inputs, units, dtype=torch.float64, **options).eval()
    for parameter in module.parameters():
        parameter.data.normal_(std=scale / units**0.5)
    return module


def read(*shape, seed=4):
    return torch.randn(*shape, dtype=torch.float64, generator=torch.Generator().manual_seed(seed))


def parts(module, flat):
    """A flat state (S,) as the module takes it for a batch of one."""
    split = flat.split(module.hidden_size)
    shaped = tuple(part[None, None] for part in split)
    return shaped if len(shaped) == 2 else shaped[0]


def last_state(module, inputs, flat):
    """S_T as a function of S_t: the module itself run over what comes after t."""
    _, state = module(inputs, parts(module, flat))
    return torch.cat([part[0, 0] for part in state]) if isinstance(state, tuple) else state[0, 0]


def early_state(module, inputs, step):
    """S_t of the first sequence, flat."""
    names = ("hidden", "memory") if isinstance(module, nn.LSTM) else ("hidden",)
    if step == 0:
        return torch.zeros(len(names) * module.hidden_size, dtype=torch.float64)
    values = trace(module, inputs[:step])
    flat = [values[name].values[0, 0, 0, -1] for name in names]
    return torch.from_numpy(np.concatenate(flat))


@pytest.mark.parametrize("kind", BUILDERS)
@settings(deadline=None, max_examples=20)
@given(inputs=SIZES, units=SIZES, steps=SIZES, bias=st.booleans(), data=st.data())
def test_products_are_the_jacobians_that_autograd_finds(kind, inputs, units, steps, bias, data):
    lag = data.draw(st.integers(0, steps))
    module, x = build(kind, inputs, units, bias=bias), read(steps, 1, inputs)
    (found,) = through_time(module, x, lags=[lag])
    start = early_state(module, x, steps - lag)
    expected = torch.eye(len(start), dtype=torch.float64)
    if lag:
        after = x[steps - lag :]
        expected = torch.autograd.functional.jacobian(lambda s: last_state(module, after, s), start)
    np.testing.assert_allclose(found.jacobian[0], expected.numpy(), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("kind", ["tanh", "gru", "lstm"])
@settings(deadline=None, max_examples=10)
@given(units=SIZES, lag=st.integers(1, 5))
def test_products_are_what_finite_differences_come_to(kind, units, lag):
    module, x = build(kind, 3, units), read(5, 1, 3)
    (found,) = through_time(module, x, lags=[lag])
    start, after, step = early_state(module, x, 5 - lag), x[5 - lag :], 1e-6
    with torch.no_grad():
        for column, direction in enumerate(torch.eye(len(start), dtype=torch.float64)):
            ahead = last_state(module, after, start + step * direction)
            behind = last_state(module, after, start - step * direction)
            slope = (ahead - behind) / (2 * step)
            np.testing.assert_allclose(found.jacobian[0, :, column], slope, atol=1e-7)


@pytest.mark.parametrize("kind", BUILDERS)
def test_a_batch_is_its_sequences_one_by_one(kind):
    module, x = build(kind, 3, 4, batch_first=True), read(3, 6, 3)
    together = list(through_time(module, x, lags=[0, 2, 6]))
    assert [found.lag for found in together] == [0, 2, 6]
    for number in range(3):
        alone = through_time(module, x[number : number + 1], lags=[0, 2, 6])
        for found, one in zip(together, alone, strict=True):
            np.testing.assert_allclose(found.jacobian[number], one.jacobian[0], atol=1e-12)
            for name, norm in found.norms().items():
                assert norm[number] == pytest.approx(one.norms()[name][0])


@pytest.mark.parametrize("kind", ["tanh", "gru", "lstm"])
def test_an_upper_layer_is_followed_with_what_it_reads_held_fixed(kind):
    stack, x = build(kind, 3, 4, num_layers=2), read(6, 2, 3)
    below = torch.from_numpy(trace(stack, x)["hidden"].values[0, 0]).swapaxes(0, 1)  # (T, B, H)
    upper = build(kind, 4, 4)
    for name, parameter in upper.named_parameters():
        parameter.data = stack.get_parameter(name.replace("l0", "l1")).data
    for found, alone in zip(
        through_time(stack, x, lags=range(7), layer=1),
        through_time(upper, below, lags=range(7)),
        strict=True,
    ):
        np.testing.assert_allclose(found.jacobian, alone.jacobian, atol=1e-12)


def test_an_lstm_whose_gates_read_no_state_keeps_memory_by_its_forget_gates_alone():
    module, x = build("lstm", 3, 5), read(7, 2, 3)
    module.weight_hh_l0.data.zero_()
    for found in through_time(module, x, lags=range(8)):
        H = module.hidden_size
        memory = found.jacobian[:, H:, H:]
        np.testing.assert_allclose(memory, found.retained[:, :, None] * np.eye(H), atol=1e-15)
        assert found.norms()["memory"] == pytest.approx(found.norms()["gates"])


def test_norms_are_those_of_the_blocks():
    jacobian = np.diag([3.0, 1.0, 2.0, 0.5])[None]  # (B, S, S) with H = 2
    norms = Dependence(1, jacobian, np.array([[0.25, 0.5]])).norms()
    assert {name: norm.tolist() for name, norm in norms.items()} == {
        "state": [3.0],
        "hidden": [3.0],
        "memory": [2.0],
        "gates": [0.5],
    }
    assert set(Dependence(1, jacobian, None).norms()) == {"state", "hidden"}


def test_what_cannot_be_followed_says_why():
    x = read(4, 1, 3)
    with pytest.raises(ExplorerError, match="is bidirectional"):
        through_time(build("gru", 3, 2, bidirectional=True), x, lags=[1])
    with pytest.raises(ExplorerError, match="no layer 1; this module has 1"):
        through_time(build("gru", 3, 2), x, lags=[1], layer=1)
    with pytest.raises(ExplorerError, match="have 4 steps: a lag must be from 0 to 4"):
        through_time(build("gru", 3, 2), x, lags=[5])
