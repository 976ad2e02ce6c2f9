import pytest
import torch
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
    "as many as the steps: 4, not 0": lambda: trace(GRU, X[:, :1], tokens=[]),
}


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
