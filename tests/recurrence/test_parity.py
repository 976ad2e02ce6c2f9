"""A trace is as near to the module in float64 as the module itself."""

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

import explorer
from explorer.models import catalogue
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.parity import compared, parity
from explorer.recurrence.trace import trace
from explorer.text.vocabulary import Vocabulary
from tests.recurrence.built import BUILDERS, TOLERANCE, H, I, build

pytestmark = pytest.mark.usefixtures("layouts")


@pytest.mark.parametrize("form", ["padded", "packed", "batch first", "unbatched"])
@pytest.mark.parametrize("kind", BUILDERS)
def test_a_trace_is_as_near_to_float64_as_the_module_itself(kind, form):
    module = build(kind, bidirectional=True, num_layers=2, batch_first=form == "batch first")
    inputs, shape = torch.randn(6, 4, I), (4, 4, H)
    if form == "packed":
        inputs = pack_padded_sequence(inputs, [2, 6, 1, 3], enforce_sorted=False)
    if form == "batch first":
        inputs = inputs.transpose(0, 1)
    if form == "unbatched":
        inputs, shape = inputs[:, 0], (4, H)
    start = torch.randn(shape)
    found = parity(module, inputs, (start, start) if kind == "lstm" else start)
    assert 0 < found.trace <= found.limit < 1e-6
    assert 0 < found.module < 1e-6


def test_a_module_in_float64_is_its_own_measure():
    module = build("lstm", num_layers=3, dtype=torch.float64)
    found = parity(module, torch.randn(50, 2, I, dtype=torch.float64))
    assert found.module == 0
    assert 0 < found.trace <= TOLERANCE[torch.float64]


def test_parity_tells_the_distance_of_either_side(monkeypatch):
    module, inputs = build("gru", bidirectional=True), torch.randn(6, 4, I)
    plain = parity(module, inputs)
    ours = trace(module, inputs)["hidden"].values[-1]
    off = compared(ours + np.float32(1e-5), module, inputs)
    assert off.trace == pytest.approx(1e-5, rel=0.1)
    assert off.trace > off.limit
    assert off.module == plain.module
    monkeypatch.setattr(nn.GRU, "forward", shifted_in_float32(nn.GRU.forward))
    off = parity(module, inputs)
    assert off.module == pytest.approx(0.5, abs=1e-5)
    assert off.trace == plain.trace


def shifted_in_float32(forward):
    def shifted(module, inputs, state):
        output, state = forward(module, inputs, state)
        return output + 0.5 * (output.dtype == torch.float32), state

    return shifted


TRAINED = [name for name in catalogue.names("language model") if "timemachine" in name]


@pytest.mark.parametrize("name", TRAINED)
def test_trained_networks_are_traced_as_exactly_as_they_run(name):
    """Where rounding adds up over 160 steps, and 1e-6 would be too much to ask of either."""
    model, card = explorer.load(name)
    text = ("the time traveller for so it will be convenient to speak of him " * 3)[:160]
    inputs = model.inputs(torch.tensor([Vocabulary(card.vocabulary).encode(text)]))
    found = parity(model.rnn, inputs)
    assert found.trace <= found.limit < 1e-5
    cut = trace(model.rnn, inputs, interventions=Intervention("hidden", scale=1 + 1e-4, layer=0))
    off = compared(cut["hidden"].values[-1], model.rnn, inputs)
    assert off.trace > off.limit  # a mistake of one in ten thousand would be found
