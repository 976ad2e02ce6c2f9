"""A model compiled, scripted, exported, or differentiated by torch.func, while anyone watches."""

import shutil

import pytest
import torch
from torch import nn
from torch.func import functional_call, grad, jvp

from explorer.errors import ExplorerError
from explorer.recurrence.intervening import intervening
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.record import record
from explorer.recurrence.trace import trace

# torch's own functions warn of one another.
pytestmark = [
    pytest.mark.filterwarnings("ignore:`torch.jit.script:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:There is a performance drop:UserWarning"),
]
HALF = Intervention("hidden", scale=0.5)
X = torch.randn(5, 3, 4, generator=torch.Generator().manual_seed(1))


class Steps(nn.Module):
    """A model with a layer and a cell, which a compiler takes for two sorts of thing."""

    def __init__(self):
        super().__init__()
        self.rnn, self.cell = nn.GRU(4, 6), nn.LSTMCell(6, 5)

    def forward(self, inputs):
        state = None
        for output in self.rnn(inputs)[0][:2]:
            state = self.cell(output, state)
        return state[0]


BACKENDS = [
    "eager",
    pytest.param(
        "inductor",
        marks=pytest.mark.skipif(
            not (shutil.which("c++") or shutil.which("g++")),
            reason="inductor compiles with a C++ compiler, and here is none",
        ),
    ),
]


@pytest.mark.usefixtures("seeded")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("compiled_before", [True, False])
@pytest.mark.parametrize("backend", BACKENDS)
def test_a_compiled_model_is_recorded_and_changed_as_it_was_written(backend, compiled_before):
    torch._dynamo.reset()
    model = Steps()
    compiled = torch.compile(model, backend=backend)
    with torch.no_grad():
        alone = compiled(X) if compiled_before else model(X)
        for given in (model, compiled):
            with record(given) as recording, intervening(given, HALF):
                changed = compiled(X)
            assert [len(recording[name]) for name in ("rnn", "cell")] == [1, 1]
            with intervening(model, HALF):
                torch.testing.assert_close(changed, model(X), rtol=0, atol=1e-6)
            with record(given) as recording:
                torch.testing.assert_close(compiled(X), alone, rtol=0, atol=1e-6)
            assert recording["cell"][0].sizes["step"] == 2
        torch.testing.assert_close(compiled(X), alone, rtol=0, atol=1e-6)


@pytest.mark.usefixtures("seeded")
def test_what_is_compiled_inside_is_recorded_too():
    torch._dynamo.reset()
    model = nn.GRUCell(4, 6)
    with torch.no_grad(), record(model) as recording:
        compiled = torch.compile(model, backend="eager")
        torch.testing.assert_close(compiled(X[0]), model(X[0]), rtol=0, atol=0)
    assert len(recording[""]) == 2


def test_nothing_is_opened_inside_a_compiled_function():
    model = nn.GRU(4, 6)

    @torch.compile(backend="eager")
    def inside(inputs):
        with record(model):
            return model(inputs + 1)

    with pytest.raises(ExplorerError, match="inside a compiled function"):
        inside(X)


@pytest.mark.usefixtures("seeded")
def test_gradients_of_torch_func_are_those_without():
    model = nn.GRU(4, 6)
    gradient = grad(lambda values: functional_call(model, values, (X,))[0].sum())
    parameters = {name: value.detach() for name, value in model.named_parameters()}
    alone = gradient(parameters)
    with record(model) as recording:
        recorded = gradient(parameters)
        jvp(lambda inputs: model(inputs)[0], (X,), (X,))
    assert all(torch.equal(alone[name], recorded[name]) for name in alone)
    assert all(traced.equals(trace(model, X)) for traced in recording[""])
    assert len(recording[""]) == 2


def test_an_intervention_that_would_lose_a_derivative_is_refused():
    model = nn.GRU(4, 6)
    with intervening(model, HALF), pytest.raises(ExplorerError, match=r"torch\.func"):
        grad(lambda inputs: model(inputs)[0].sum())(X)
    dual = torch.autograd.forward_ad
    with (
        intervening(model, HALF),
        dual.dual_level(),
        pytest.raises(ExplorerError, match="forward-mode"),
    ):
        model(dual.make_dual(X, X))


@pytest.mark.filterwarnings("ignore:`torch.jit.trace:DeprecationWarning")
@pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning")
def test_scripts_and_graphs_hold_the_model_alone():
    model = nn.Sequential(nn.LSTM(4, 6))
    with record(model):
        scripted = torch.jit.script(model)
    assert torch.equal(scripted(X)[0], model(X)[0])
    with intervening(model, HALF), pytest.raises(ExplorerError, match="as constants"):
        torch.jit.trace(model, (X,))


def test_vmap_is_refused_in_a_sentence():
    model = nn.GRUCell(4, 6)
    with record(model), pytest.raises(ExplorerError, match=r"torch\.func\.vmap"):
        torch.func.vmap(model)(X)


def test_export_is_refused_in_a_sentence():
    model = nn.GRU(4, 6)
    with record(model), pytest.raises(ExplorerError, match="FakeTensor does not hold numbers"):
        torch.export.export(model, (X,))
