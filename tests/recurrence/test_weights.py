"""The weights that a trace reads are those that the module's next forward pass uses."""

import pytest
import torch
import torch.nn.utils.parametrizations as parametrizations
from torch import nn
from torch.nn.utils import prune

from explorer.recurrence.record import record
from explorer.recurrence.trace import trace

pytestmark = pytest.mark.filterwarnings("ignore:.*weight_norm.* is deprecated:FutureWarning")

X = torch.randn(5, 3, 4, dtype=torch.float64, generator=torch.Generator().manual_seed(1))
REPARAMETRIZED = {
    "weight norm": nn.utils.weight_norm,
    "spectral norm": nn.utils.spectral_norm,
    "pruned": lambda module, name: prune.l1_unstructured(module, name, amount=0.5),
    "weight norm, parametrized": parametrizations.weight_norm,
    "spectral norm, parametrized": parametrizations.spectral_norm,
    "orthogonal": parametrizations.orthogonal,
}
MODULES = {
    "layer": (lambda: nn.LSTM(4, 6).double(), "weight_hh_l0", X),
    "cell": (lambda: nn.GRUCell(4, 6).double(), "weight_hh", X[0]),
}


def build(kind, how, *, training):
    torch.manual_seed(0)
    make, weight, inputs = MODULES[kind]
    module = make()
    REPARAMETRIZED[how](module, weight)
    return module.train(training), inputs


def last(traced):
    return torch.from_numpy(traced["hidden"].values[0, 0, :, -1])  # (B, H)


def final(returned):
    """The last hidden state that a module returned, (B, H)."""
    return returned if isinstance(returned, torch.Tensor) else returned[1][0][0]


def assert_same_state(module, other):
    kept, expected = module.state_dict(), other.state_dict()
    assert all(torch.equal(kept[name], value) for name, value in expected.items())


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("how", REPARAMETRIZED)
@pytest.mark.parametrize("kind", MODULES)
def test_a_trace_is_of_the_next_pass_and_moves_nothing(kind, how, training):
    (module, inputs), (twin, _) = (build(kind, how, training=training) for _ in range(2))
    for _ in range(2):  # a norm that is found step by step moves on in between, by passes alone
        traced = trace(module, inputs)
        assert_same_state(module, twin)
        with torch.no_grad():
            expected, own = final(twin(inputs)), final(module(inputs))
        assert torch.equal(own, expected)
        torch.testing.assert_close(last(traced), expected, rtol=0, atol=1e-12)
        assert_same_state(module, twin)


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("how", REPARAMETRIZED)
@pytest.mark.parametrize("kind", MODULES)
def test_a_recording_reads_what_the_pass_used(kind, how, training):
    (module, inputs), (twin, _) = (build(kind, how, training=training) for _ in range(2))
    with torch.no_grad(), record(module) as recording:
        own, expected = final(module(inputs)), final(twin(inputs))
    assert torch.equal(own, expected)
    assert_same_state(module, twin)
    torch.testing.assert_close(last(recording[""][0]), expected, rtol=0, atol=1e-12)


def test_weights_are_those_that_were_loaded():
    (one, _), (other, _) = (build("layer", "weight norm", training=False) for _ in range(2))
    with torch.no_grad():
        one.weight_hh_l0_g.mul_(2)
    other.load_state_dict(one.state_dict())
    torch.testing.assert_close(last(trace(other, X)), final(other(X)), rtol=0, atol=1e-12)
