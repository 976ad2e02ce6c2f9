import gc
import weakref
from threading import Thread

import pytest
import torch
import xarray as xr
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from explorer.errors import ExplorerError
from explorer.recurrence.record import record
from explorer.recurrence.trace import trace


class Translator(nn.Module):
    """A user's model: a nested bidirectional encoder, and a decoder called once per token."""

    def __init__(self, dropout=0.0):
        super().__init__()
        self.encoder = nn.ModuleDict(
            {"rnn": nn.GRU(4, 6, num_layers=2, bidirectional=True, dropout=dropout)}
        )
        self.decoder = nn.LSTM(12, 6, batch_first=True)
        self.head = nn.Linear(6, 3)

    def forward(self, inputs, lengths, *, fail=False):
        packed = pack_padded_sequence(inputs, lengths, enforce_sorted=False)
        encoded, hidden = self.encoder["rnn"](packed)
        encoded, _ = pad_packed_sequence(encoded, batch_first=True)  # (B, T, 12)
        if fail:
            raise RuntimeError("the user's own mistake")
        state, outputs = (hidden[-1:], torch.zeros_like(hidden[-1:])), []
        for step in range(2):
            output, state = self.decoder(input=encoded[:, step : step + 1], hx=state)
            outputs.append(self.head(output))
        return torch.cat(outputs, dim=1)


@pytest.fixture
def model():
    torch.manual_seed(0)
    return Translator().eval()


RECURRENT = (nn.RNN, nn.GRU, nn.LSTM, nn.RNNCell, nn.GRUCell, nn.LSTMCell)
FORWARDS = [kind.forward for kind in RECURRENT]
INPUTS, LENGTHS = torch.randn(5, 3, 4), [3, 5, 2]


def count_hooks(model):
    return sum(
        len(hooks)
        for module in model.modules()
        for name, hooks in vars(module).items()
        if "hooks" in name and hooks is not None
    )


def test_outputs_and_gradients_are_the_models_own_bit_for_bit(model):
    alone = model(INPUTS, LENGTHS)
    alone.sum().backward()
    gradients = [parameter.grad.clone() for parameter in model.parameters()]
    model.zero_grad()
    with record(model):
        recorded = model(INPUTS, LENGTHS)
    recorded.sum().backward()
    assert torch.equal(alone, recorded)
    for parameter, gradient in zip(model.parameters(), gradients, strict=True):
        assert torch.equal(parameter.grad, gradient)


def test_every_call_of_every_module_is_there(model):
    with record(model) as recording:
        assert dict(recording) == {"encoder.rnn": (), "decoder": ()}
        model(INPUTS, LENGTHS)
        model(INPUTS, LENGTHS)
    assert list(recording) == ["encoder.rnn", "decoder"]
    assert [len(recording[name]) for name in recording] == [2, 4]
    packed = pack_padded_sequence(INPUTS, LENGTHS, enforce_sorted=False)
    xr.testing.assert_identical(recording["encoder.rnn"][1], trace(model.encoder["rnn"], packed))


def test_the_state_that_a_module_is_given_is_seen(model):
    with record(model) as recording:
        model(INPUTS, LENGTHS)
    first, second = recording["decoder"]
    continued = second.forget * first.memory + second.input * second.candidate
    torch.testing.assert_close(second.memory.values, continued.values)


def test_a_bare_recurrent_module_has_the_empty_name():
    module = nn.RNN(4, 6)
    with record(module) as recording:
        module(INPUTS)
    xr.testing.assert_identical(recording[""][0], trace(module, INPUTS))


def test_no_hook_stays(model):
    with record(model) as recording:
        assert count_hooks(model) == 0
        assert [kind.forward for kind in RECURRENT] != FORWARDS
        model(INPUTS, LENGTHS)
    assert [kind.forward for kind in RECURRENT] == FORWARDS
    model(INPUTS, LENGTHS)
    assert len(recording["encoder.rnn"]) == 1


def test_no_hook_stays_after_an_exception_and_what_was_recorded_does(model):
    with pytest.raises(RuntimeError, match="own mistake"), record(model) as recording:
        model(INPUTS, LENGTHS, fail=True)
    assert count_hooks(model) == 0
    assert [len(recording[name]) for name in recording] == [1, 0]


def test_a_recording_does_not_keep_the_model(model):
    with record(model) as recording:
        model(INPUTS, LENGTHS)
    watch = weakref.ref(model.decoder)
    inner = model.decoder
    model.decoder = nn.Identity()
    del inner
    gc.collect()
    assert watch() is None
    assert len(recording["decoder"]) == 2


def test_only_the_thread_that_records_is_recorded(model):
    with record(model) as recording:
        other = Thread(target=model, args=(INPUTS, LENGTHS))
        other.start()
        other.join()
        assert len(recording["encoder.rnn"]) == 0
        model(INPUTS, LENGTHS)
    assert len(recording["encoder.rnn"]) == 1


def test_recordings_may_be_nested(model):
    with record(model) as outer:
        with record(model.decoder) as inner:
            model(INPUTS, LENGTHS)
        model(INPUTS, LENGTHS)
    assert len(inner[""]) == 2
    assert len(outer["decoder"]) == 4


def test_nothing_can_be_written_into_a_recording(model):
    with record(model) as recording:
        model(INPUTS, LENGTHS)
    with pytest.raises(TypeError):
        recording["decoder"] = ()
    with pytest.raises(KeyError):
        recording["head"]


@pytest.mark.parametrize(
    ("refused", "sentence"),
    [
        (nn.Sequential(nn.Linear(4, 4)), "Sequential contains no nn.RNN"),
        (Translator(dropout=0.5).train(), r"call \.eval\(\)"),
    ],
)
def test_what_cannot_be_traced_is_refused_before_anything_runs(refused, sentence):
    with pytest.raises(ExplorerError, match=sentence), record(refused):
        pytest.fail("the recording was opened")
    assert count_hooks(refused) == 0


def test_dropout_switched_on_inside_is_refused_when_it_acts():
    model = Translator(dropout=0.5).eval()
    with record(model):
        model.train()
        with pytest.raises(ExplorerError, match=r"call \.eval\(\)"):
            model(INPUTS, LENGTHS)
    assert count_hooks(model) == 0


class Mixed(nn.Module):
    """A model with modules of which no trace can be had."""

    def __init__(self):
        super().__init__()
        self.wanted, self.other = nn.GRU(4, 4), nn.GRU(4, 4, 2, dropout=0.1)
        self.quantized = torch.ao.nn.quantizable.LSTM(4, 4)

    def forward(self, inputs):
        return self.quantized(self.other(self.wanted(inputs)[0])[0])[0]


def test_what_cannot_be_traced_is_refused_with_both_ways_out():
    sentence = r"'other' cannot be traced.*\.eval\(\).*module=.*skip=\"untraceable\""
    with pytest.raises(ExplorerError, match=sentence), record(Mixed()):
        pytest.fail("the recording was opened")


def test_what_is_named_is_all_that_is_checked():
    model = Mixed()
    with record(model, module="wanted") as recording:
        model(INPUTS)
    assert {name: len(traces) for name, traces in recording.items()} == {"wanted": 1}
    with pytest.raises(ExplorerError, match="named 'decoder'; it has 'wanted', 'other', 'quant"):
        record(model, module=["wanted", "decoder"]).__enter__()


def test_what_is_left_out_is_said_by_name():
    model = Mixed()
    with record(model, skip="untraceable") as recording:
        model(INPUTS)
    assert list(recording) == ["wanted"]
    assert list(recording.skipped) == ["other", "quantized"]
    assert "quantized LSTM" in recording.skipped["quantized"]
    assert "left out 'other': This GRU is in training mode" in repr(recording)
    with pytest.raises(ExplorerError, match="not 'everything'"):
        record(model, skip="everything").__enter__()


def test_what_comes_to_be_untraceable_is_left_out_from_there_on():
    model = Translator(dropout=0.5).eval()
    with record(model, skip="untraceable") as recording:
        model(INPUTS, LENGTHS)
        model.train()
        model(INPUTS, LENGTHS)
    assert [len(recording[name]) for name in ("encoder.rnn", "decoder")] == [1, 4]
    assert "training mode" in recording.skipped["encoder.rnn"]


def test_only_the_wanted_quantities_are_kept(model):
    with record(model, quantities=["forget", "hidden"]) as recording:
        model(INPUTS, LENGTHS)
    with record(model) as whole:
        model(INPUTS, LENGTHS)
    for name, kept in {"encoder.rnn": ["hidden"], "decoder": ["forget", "hidden"]}.items():
        xr.testing.assert_identical(recording[name][0], whole[name][0][kept])
    with pytest.raises(
        ExplorerError, match="'reset' here; the recorded modules have input, forget"
    ):
        record(model, module="decoder", quantities=["reset"]).__enter__()


def test_a_shared_module_is_found_by_each_of_its_names():
    model = nn.ModuleDict({"a": nn.ModuleDict({"rnn": nn.GRU(4, 6)})})
    model["b"] = model["a"]
    model["c"] = torch.compile(model["a"]["rnn"], backend="eager")
    for name in ("a.rnn", "b.rnn", "c"):
        with record(model, module=["a.rnn", name]) as recording:
            model["b"]["rnn"](INPUTS)
        assert {name: len(traces) for name, traces in recording.items()} == {"a.rnn": 1}
    with pytest.raises(ExplorerError, match=r"named 'd'; it has 'a\.rnn'"):
        record(model, module="d").__enter__()
