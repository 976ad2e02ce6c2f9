import numpy as np
import pytest
import torch
import xarray as xr
from torch import nn

from explorer.errors import ExplorerError
from explorer.recurrence.intervening import intervening
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.record import record
from explorer.recurrence.trace import trace

I, H = 5, 7  # noqa: E741
GRU, LSTM = nn.GRU(I, H), nn.LSTM(I, H)
X = torch.randn(4, 2, I)
KerasLSTM = type("LSTM", (), {"__module__": "keras.src.layers.rnn.lstm"})
OtherGRU = type("GRU", (nn.Module,), {"__module__": __name__})
REFUSED = {
    'GRU is on the device "meta"': lambda: trace(nn.GRU(I, H, device="meta"), X),
    'on the device "meta" has no values': lambda: trace(GRU, X.to("meta")),
    'tensor on the device "meta"': lambda: trace(GRU, X, torch.ones(1, 2, H, device="meta")),
    "A model must be an nn.Module; this is a str": lambda: inside(record("gru")),
    "A model must be an nn.Module; this is a list": lambda: inside(record([GRU])),
    "A model must be an nn.Module; this is a NoneType": lambda: inside(intervening(None)),
    "recurrent module named 0; it has ''": lambda: inside(intervening(GRU, module=0)),
    "recurrent module named LSTM": lambda: inside(intervening(GRU, module=LSTM)),
    r"recurrent module named \['rnn'\]": lambda: inside(intervening(GRU, module=(["rnn"],))),
    "recurrent module named 'rnn'; it has ''": lambda: inside(record(GRU))["rnn"],
    "recurrent module named 1; it has ''": lambda: inside(record(GRU))[1],
    r"recurrent module named \[\]; it has ''": lambda: inside(record(GRU))[[]],
    "an nn.LSTM or one of their cells can be traced, not a Linear": lambda: trace(
        nn.Linear(I, H), X
    ),
    "this Sequential contains '0', '1': trace one": lambda: trace(nn.Sequential(GRU, LSTM), X),
    r"a scripted LSTM \(torch.jit.ScriptModule\)": lambda: trace(torch.jit.script(LSTM), X),
    r"a quantized LSTM \(torch.ao": lambda: trace(torch.ao.nn.quantizable.LSTM(I, H), X),
    "the LSTM of Keras": lambda: trace(KerasLSTM(), X),
    "not the GRU of tests.recurrence": lambda: trace(OtherGRU(), X),
    "1 for one step of one sequence": lambda: trace(nn.GRUCell(I, H), X[None]),
    r"shape \(1, 2, 7\); here it must be \(2, 7\)": lambda: trace(
        nn.GRUCell(I, H), X[0], torch.zeros(1, 2, H)
    ),
    r"call \.eval\(\)": lambda: trace(nn.GRU(I, H, 2, dropout=0.5), X),
    "not torch.int64": lambda: trace(GRU, torch.ones(4, 2, I, dtype=torch.int64)),
    "not ndarray": lambda: trace(GRU, X.numpy()),
    "has 6 numbers, but this GRU expects 5": lambda: trace(GRU, torch.randn(4, 2, I + 1)),
    "have 4 dimensions": lambda: trace(GRU, X[None]),
    "have 1 dimensions": lambda: trace(GRU, X[0, 0]),
    "at least one step": lambda: trace(GRU, X[:0]),
    r"pair of tensors, \(h0, c0\)": lambda: trace(LSTM, X, torch.zeros(1, 2, H)),
    "not of tuple": lambda: trace(GRU, X, (torch.zeros(1, 2, H), torch.zeros(1, 2, H))),
    "not of float": lambda: trace(LSTM, X, (torch.zeros(1, 2, H), 0.0)),
    r"shape \(1, 3, 7\); here it must be \(1, 2, 7\)": lambda: trace(GRU, X, torch.zeros(1, 3, H)),
    r"shape \(1, 1, 7\); here it must be \(1, 7\)": lambda: trace(GRU, X[0], torch.zeros(1, 1, H)),
    r"as many tokens as steps: 4, 4, not 4\.$": lambda: trace(GRU, X, tokens=["abcd"]),
    r"as many tokens as steps: 4, 4, not 4, 3": lambda: trace(GRU, X, tokens=["abcd", "abc"]),
    "as many tokens as steps: 4, not 3": lambda: trace(GRU, X[:, :1], tokens="abc"),
    "'3' is not a list|3 is not a list": lambda: trace(GRU, X[:1, :1], tokens=3),
    "1 is not a list of tokens": lambda: trace(GRU, X, tokens=[1, 2]),
    "is not a list of tokens": lambda: trace(GRU, X[:, :1], tokens=b"abcd"),
    "{.* is not a list of tokens": lambda: trace(GRU, X[:, :1], tokens=set("abcd")),
    "tensor.* is not a list": lambda: trace(GRU, X[:, :1], tokens=torch.ones(4, device="meta")),
    "as many tokens as steps: 4, 4, not 2, 2, 2, 2": lambda: trace(GRU, X, tokens=np.ones((4, 2))),
    "as many tokens as steps: 4, not 0": lambda: trace(GRU, X[:, :1], tokens=[]),
}


def inside(manager):
    with manager as given:
        return given


def test_a_recording_is_still_a_mapping():
    recording = inside(record(GRU))
    assert "" in recording
    assert "rnn" not in recording
    assert recording.get("rnn") is None
    with pytest.raises(KeyError):
        recording["rnn"]


def test_a_module_may_be_named_by_itself():
    model = nn.ModuleDict({"one": nn.GRU(I, H), "two": nn.GRU(I, H)})
    half = Intervention("update", 0.5)
    with torch.no_grad(), record(model) as recording, intervening(model, half, module=model["two"]):
        model["one"](X)
        model["two"](X)
    assert "interventions" not in recording["one"][0].attrs
    assert "interventions" in recording["two"][0].attrs


def test_sparse_inputs_and_states_are_read():
    expected = trace(GRU, X, torch.ones(1, 2, H))
    found = trace(GRU, X.to_sparse(), torch.ones(1, 2, H).to_sparse())
    xr.testing.assert_identical(found, expected)


@pytest.mark.parametrize(
    "tokens",
    [
        [3, 1, 2, 0],
        [[3, 1, 2, 0]],
        (number for number in [3, 1, 2, 0]),
        np.array([3, 1, 2, 0]),
        np.array([[3, 1, 2, 0]]),
        torch.tensor([3, 1, 2, 0]),
        torch.tensor([[3, 1, 2, 0]]),
        list(torch.tensor([3, 1, 2, 0])),
        [torch.tensor([3, 1, 2, 0])],
        xr.DataArray([3, 1, 2, 0]),
        np.array(list("3120")),
        "3120",
    ],
)
def test_tokens_come_in_any_form_and_numbers_stand_for_themselves(tokens):
    assert trace(GRU, X[:, :1], tokens=tokens)["token"].values.tolist() == [list("3120")]


@pytest.mark.parametrize("form", [torch.Tensor.tolist, torch.Tensor.numpy, list, lambda t: t])
def test_so_do_the_tokens_of_a_batch(form):
    tokens = torch.tensor([[3, 1, 2, 0], [5, 6, 7, 8]])
    expected = [list("3120"), list("5678")]
    assert trace(GRU, X, tokens=form(tokens))["token"].values.tolist() == expected


def test_a_single_step_has_a_single_token():
    for token in ([3], "3", ["3"], [["3"]], torch.tensor([3])):
        assert trace(GRU, X[:1, :1], tokens=token)["token"].values.tolist() == [["3"]]
    assert trace(GRU, X[:1, :1], tokens=["three"])["token"].values.tolist() == [["three"]]


@pytest.mark.filterwarnings("ignore:`torch.jit.script` is deprecated:DeprecationWarning")
@pytest.mark.parametrize("sentence", REFUSED)
def test_what_cannot_be_traced_is_refused_in_a_sentence(sentence):
    with pytest.raises(ExplorerError, match=sentence):
        REFUSED[sentence]()


def test_dropout_is_refused_only_where_it_acts():
    module = nn.GRU(I, H, 2, dropout=0.5)
    assert trace(module.eval(), X).attrs["cell"] == "gru"
    with pytest.warns(UserWarning, match="non-zero dropout"):
        single = nn.GRU(I, H, dropout=0.5)
    assert trace(single.train(), X).attrs["cell"] == "gru"


def test_copies_on_several_devices_are_refused():
    model = nn.Sequential(nn.DataParallel(nn.GRU(I, H)))
    model[0].device_ids = [0]
    assert list(inside(record(model))) == ["0.module"]
    model[0].device_ids = [0, 1]
    for opened in (record(model), intervening(model)):
        with pytest.raises(ExplorerError, match="DataParallel on several devices"):
            inside(opened)
