"""What stands beside a forward pass leaves it as it is, whoever calls it and however."""

import copy
import warnings
from functools import partial

import numpy as np
import pytest
import torch
from torch import nn
from torch.func import functional_call
from torch.nn.utils.rnn import pack_padded_sequence

from explorer.errors import ExplorerError
from explorer.recurrence.intervening import intervening
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.parity import parity
from explorer.recurrence.record import record
from explorer.recurrence.trace import trace
from explorer.training.precision import available

HALF = Intervention("hidden", scale=0.5)
X = torch.randn(5, 3, 4, generator=torch.Generator().manual_seed(1))


class Lengths(nn.GRU):
    """A subclass with an argument of its own, which doubles its inputs on the way."""

    def forward(self, inputs, hx=None, *, lengths):
        packed = pack_padded_sequence(2 * inputs, lengths, enforce_sorted=False)
        return super().forward(packed, hx)


class Scaled(nn.LSTM):
    def forward(self, inputs, hx=None):
        return super().forward(3 * inputs, hx)


def hidden(traced):
    """The last layer's hidden states of a module of one direction, (T, B, H)."""
    return torch.from_numpy(traced["hidden"].values[-1, 0].swapaxes(0, 1).copy())


@pytest.mark.usefixtures("seeded")
def test_what_reaches_the_base_class_of_a_subclass_is_traced():
    model = Lengths(4, 6)
    alone, _ = model(X, lengths=[5, 2, 4])
    with record(model) as recording:
        recorded, _ = model(X, lengths=[5, 2, 4])
    assert torch.equal(alone.data, recorded.data)
    plain = nn.GRU(4, 6)
    plain.load_state_dict(model.state_dict())
    packed = pack_padded_sequence(2 * X, [5, 2, 4], enforce_sorted=False)
    assert recording[""][0].equals(trace(plain, packed))


@pytest.mark.usefixtures("seeded")
def test_a_trace_of_a_subclass_runs_its_forward():
    model = Scaled(4, 6)
    assert parity(model, X).trace <= 1e-6
    with torch.no_grad():
        torch.testing.assert_close(hidden(trace(model, X)), model(X)[0], rtol=0, atol=1e-6)
        with intervening(model, HALF):
            changed, _ = model(X)
    assert torch.equal(hidden(trace(model, X, interventions=[HALF])), changed)


def test_a_subclass_that_computes_elsewhere_is_refused_by_a_trace():
    class Elsewhere(nn.GRU):
        def forward(self, inputs, hx=None):
            return inputs, hx

    with pytest.raises(ExplorerError, match="calls torch's 0 times"):
        trace(Elsewhere(4, 6), X)


def test_direct_calls_of_forward_are_seen():
    model = nn.LSTM(4, 6)
    with record(model) as recording:
        model.forward(X)
    assert len(recording[""]) == 1


def test_a_forward_replaced_on_the_object_is_refused():
    model = nn.ModuleDict({"wanted": nn.GRU(4, 6), "wrapped": nn.GRU(4, 6)})
    model["wrapped"].forward = partial(model["wrapped"].forward)
    with pytest.raises(ExplorerError, match="replaced on the object"), record(model):
        pytest.fail("the recording was opened")


def test_a_deep_copy_made_inside_carries_nothing():
    model = nn.Sequential(nn.GRU(4, 6))
    with record(model) as recording, torch.no_grad(), intervening(model, HALF):
        twin = copy.deepcopy(model)
        own, _ = twin(X)
        model(X)
    assert len(recording["0"]) == 1
    assert torch.equal(own, model(X)[0])
    twin(X)
    assert len(recording["0"]) == 1


@pytest.mark.parametrize("kind", [nn.RNN, nn.GRU, nn.LSTM])
def test_a_batch_of_none_is_recorded(kind):
    model, empty = kind(4, 6, 2, bidirectional=True), torch.randn(5, 0, 4)
    with record(model) as recording, torch.no_grad(), intervening(model, HALF):
        assert model(empty)[0].shape == (5, 0, 12)
    (traced,) = recording[""]
    assert (traced.sizes["batch"], traced.sizes["step"]) == (0, 5)


@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize("kind", [nn.GRU, nn.LSTM])
def test_a_functional_call_is_recorded_with_its_own_parameters(kind):
    model = kind(4, 6)
    others = {name: torch.randn_like(value) for name, value in model.named_parameters()}
    with torch.no_grad(), record(model) as recording:
        output, _ = functional_call(model, others, (X,))
    torch.testing.assert_close(hidden(recording[""][0]), output, rtol=0, atol=2e-6)
    model.load_state_dict(others)
    assert recording[""][0].equals(trace(model, X))


@pytest.mark.skipif(
    available("cpu", mixed=True) == "float32", reason="this processor has no LSTM in bfloat16"
)
@pytest.mark.usefixtures("seeded")
def test_a_recording_under_autocast_is_of_the_outputs_to_their_precision():
    model = nn.LSTM(4, 6)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        alone, _ = model(X)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with record(model) as recording:
                recorded, _ = model(X)
    assert torch.equal(alone, recorded)
    assert "difference" not in recording[""][0].attrs
    torch.testing.assert_close(hidden(recording[""][0]), alone.float(), rtol=0, atol=0.02)


@pytest.mark.usefixtures("seeded")
def test_a_difference_beyond_rounding_is_said():
    model = nn.GRU(4, 6)
    with pytest.MonkeyPatch.context() as patch, record(model) as recording:
        fused = torch._VF.gru
        patch.setattr(
            torch._VF, "gru", lambda *a: (fused(*a)[0] + 0.5, fused(*a)[1]), raising=False
        )
        with pytest.warns(
            UserWarning, match="'' differs from what the module returned by up to 0.5"
        ):
            model(X)
    assert recording[""][0].attrs["difference"] == pytest.approx(0.5, abs=1e-5)
    assert recording.joined("").attrs["difference"] == pytest.approx(0.5, abs=1e-5)


def test_not_even_a_missing_number_is_a_difference():
    model, inputs = nn.GRU(4, 6), X.clone()
    inputs[2, 0] = np.nan
    with record(model) as recording:
        model(inputs)
    assert "difference" not in recording[""][0].attrs


class Gained(nn.GRU):
    def forward(self, inputs, gain=None, hx=None):
        return super().forward(inputs if gain is None else gain * inputs, hx)


class Unnamed(nn.GRU):
    def forward(self, inputs, gain=None):
        return super().forward(inputs if gain is None else gain * inputs)


@pytest.mark.usefixtures("seeded")
def test_a_trace_gives_a_subclass_the_state_under_its_name():
    model, plain, state = Gained(4, 6), nn.GRU(4, 6), torch.randn(1, 3, 6)
    plain.load_state_dict(model.state_dict())
    assert trace(model, X, state).equals(trace(plain, X, state))
    assert parity(model, X, state).trace <= 1e-6


@pytest.mark.parametrize(
    ("kind", "state"), [(Unnamed, torch.zeros(1, 3, 6)), (Lengths, None), (Lengths, X)]
)
@pytest.mark.parametrize("measure", [trace, parity])
def test_a_subclass_that_takes_other_arguments_is_refused_by_a_trace(measure, kind, state):
    with pytest.raises(ExplorerError, match=r"state named hx: run it inside explorer\.rec"):
        measure(kind(4, 6), X, state)


@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize("kind", [nn.GRUCell, nn.LSTMCell, nn.RNNCell])
def test_what_autocast_rounds_is_no_difference(kind):
    model, inputs = kind(64, 64), torch.randn(5, 3, 64)
    with torch.no_grad(), record(model) as recording, warnings.catch_warnings():
        warnings.simplefilter("error")
        with torch.autocast("cpu", torch.bfloat16):
            state = None
            for step in inputs:
                state = model(step, state)
    assert all("difference" not in traced.attrs for traced in recording[""])


def test_a_difference_is_said_once_for_each_module_and_recording():
    model = nn.ModuleList([nn.GRUCell(4, 6), nn.GRUCell(4, 6)])
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        own = torch._VF.gru_cell
        patch.setattr(torch._VF, "gru_cell", lambda *a: own(*a) + 0.5, raising=False)
        for _ in range(2):
            with record(model) as recording:
                for cell in [*model, *model]:
                    cell(X[0])
            assert all(t.attrs["difference"] > 0.4 for traces in recording.values() for t in traces)
    beginnings = [str(each.message)[: len("The trace of '0'")] for each in said]
    assert beginnings == ["The trace of '0'", "The trace of '1'"] * 2
