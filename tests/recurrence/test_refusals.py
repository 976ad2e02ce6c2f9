import numpy as np
import pytest
import torch
import xarray as xr
from torch import nn

from explorer.errors import ExplorerError
from explorer.recurrence.trace import trace

I, H = 5, 7  # noqa: E741
GRU, LSTM = nn.GRU(I, H), nn.LSTM(I, H)
X = torch.randn(4, 2, I)
REFUSED = {
    "an nn.RNN, an nn.GRU or an nn.LSTM, not a Linear": lambda: trace(nn.Linear(I, H), X),
    "proj_size": lambda: trace(nn.LSTM(I, H, proj_size=2), X),
    r"call \.eval\(\)": lambda: trace(nn.GRU(I, H, 2, dropout=0.5), X),
    "not torch.int64": lambda: trace(GRU, torch.ones(4, 2, I, dtype=torch.int64)),
    "not ndarray": lambda: trace(GRU, X.numpy()),
    "holds 6 numbers, where this GRU reads 5": lambda: trace(GRU, torch.randn(4, 2, I + 1)),
    "have 4 dimensions": lambda: trace(GRU, X[None]),
    "have 1 dimensions": lambda: trace(GRU, X[0, 0]),
    "at least one step": lambda: trace(GRU, X[:0]),
    r"pair of tensors, \(h0, c0\)": lambda: trace(LSTM, X, torch.zeros(1, 2, H)),
    "not of tuple": lambda: trace(GRU, X, (torch.zeros(1, 2, H), torch.zeros(1, 2, H))),
    "not of float": lambda: trace(LSTM, X, (torch.zeros(1, 2, H), 0.0)),
    r"shape \(1, 3, 7\); here it must be \(1, 2, 7\)": lambda: trace(GRU, X, torch.zeros(1, 3, H)),
    r"shape \(1, 1, 7\); here it must be \(1, 7\)": lambda: trace(GRU, X[0], torch.zeros(1, 1, H)),
    r"as many as the steps: 4, 4, not 4\.$": lambda: trace(GRU, X, tokens=["abcd"]),
    r"as many as the steps: 4, 4, not 4, 3": lambda: trace(GRU, X, tokens=["abcd", "abc"]),
    "as many as the steps: 4, not 3": lambda: trace(GRU, X[:, :1], tokens="abc"),
    "'3' is no list|3 is no list": lambda: trace(GRU, X[:1, :1], tokens=3),
    "1 is no list of tokens": lambda: trace(GRU, X, tokens=[1, 2]),
    "is no list of tokens": lambda: trace(GRU, X[:, :1], tokens=b"abcd"),
    "{.* is no list of tokens": lambda: trace(GRU, X[:, :1], tokens=set("abcd")),
    "tensor.* is no list": lambda: trace(GRU, X[:, :1], tokens=torch.ones(4, device="meta")),
    "as many as the steps: 4, 4, not 2, 2, 2, 2": lambda: trace(GRU, X, tokens=np.ones((4, 2))),
    "as many as the steps: 4, not 0": lambda: trace(GRU, X[:, :1], tokens=[]),
}


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
