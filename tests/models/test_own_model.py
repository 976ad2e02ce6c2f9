"""A reader's own modules, saved and loaded, say what they said."""

import json
import pickle

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

import explorer
from explorer.errors import ExplorerError
from explorer.models.book_gru import BookGRU
from explorer.recurrence.reading import read
from explorer.text.tokenisation import Tokenisation
from tests.models.own_modules import TOKENS, WORDS, log_probs, modules

KINDS = (nn.RNN, nn.GRU, nn.LSTM, BookGRU)


@settings(max_examples=16)
@given(
    kind=st.sampled_from(KINDS),
    layers=st.integers(1, 3),
    embedded=st.sampled_from([None, 4, 6]),
    bias=st.booleans(),
    batch_first=st.booleans(),
    ids=st.lists(st.integers(0, len(TOKENS) - 1), min_size=1, max_size=20),
)
def test_the_saved_model_says_what_the_modules_say(
    tmp_path_factory, kind, layers, embedded, bias, batch_first, ids
):
    given = modules(
        kind,
        embedded=embedded,
        num_layers=layers,
        bias=bias,
        batch_first=batch_first,
        dropout=0.5 if layers > 1 else 0.0,
    )
    folder = tmp_path_factory.mktemp("own") / "mine"
    before = {name: pickle.dumps(module.state_dict()) for name, module in given.items()}
    written = explorer.save(given, TOKENS, folder, begin="<s>", end="</s>")
    assert all(module.training for module in given.values())
    assert before == {name: pickle.dumps(module.state_dict()) for name, module in given.items()}
    model, card = explorer.load(folder)
    assert card == written
    own = model(torch.tensor([ids]))[0][0].log_softmax(-1)
    torch.testing.assert_close(own, log_probs(given, ids), atol=1e-5, rtol=0)


def test_tied_and_double_weights_and_what_is_computed_before_each_pass(tmp_path):
    tied = modules(embedded=6)
    tied["head"].weight = tied["embedding"].weight
    double = {name: module.double() for name, module in modules(seed=1).items()}
    weighed = modules(seed=2)
    nn.utils.parametrizations.weight_norm(weighed["head"])
    ids = [3, 4, 5, 3, 11]
    for number, parts in enumerate((tied, double, weighed)):
        explorer.save(parts, TOKENS, tmp_path / str(number))
        own = explorer.load(tmp_path / str(number)).model(torch.tensor([ids]))[0][0]
        theirs = log_probs(parts, ids).float()
        torch.testing.assert_close(own.log_softmax(-1), theirs, atol=1e-5, rtol=0)


def test_a_card_claims_nothing_that_nobody_said(tmp_path):
    explorer.save(modules(), TOKENS, tmp_path / "mine")
    card = json.loads((tmp_path / "mine" / "card.json").read_text(encoding="utf-8"))
    assert card.keys() == {
        *("name", "task", "architecture", "vocabulary"),
        *("source_vocabulary", "tokenisation", "parameters", "stored", "sha256"),
    }
    assert card["name"] == "mine"


def test_a_text_is_read_as_its_tokens(tmp_path):
    given = modules(size=len(WORDS))
    explorer.save(given, WORDS, tmp_path / "words", end="</s>")
    explorer.save(modules(size=30), 30, tmp_path / "numbers")
    explorer.save(modules(), TOKENS, tmp_path / "characters", begin="<s>")
    tokens = {
        name: explorer.trace(tmp_path / name, text).token.values[0].tolist()
        for name, text in (
            ("words", "the  time\nflew"),
            ("numbers", "3, 14 1\n5"),
            ("characters", "a bad "),
        )
    }
    assert tokens == {
        "words": ["the", "time", "flew"],
        "numbers": ["3", "14", "1", "5"],
        "characters": ["<s>", *"a bad "],
    }
    model, card = explorer.load(tmp_path / "words")
    reading = read(model, card.words, "the time flew")
    assert reading.known == (True, True, False)
    wanted = log_probs(given, [2, 3, 0]).numpy()
    assert abs(reading.log_probs - wanted).max() < 1e-5
    with pytest.raises(ExplorerError, match="no token “31”"):
        explorer.trace(tmp_path / "numbers", "3 31")
    with pytest.raises(ExplorerError, match="no words"):
        explorer.trace(tmp_path / "numbers", " , ")


@given(
    kind=st.sampled_from(["characters", "words", "numbers"]),
    begin=st.sampled_from([None, "<s>"]),
    text=st.text(max_size=40),
    more=st.lists(st.sampled_from(["1", "23"]), max_size=3),
    count=st.integers(1, 12),
)
def test_tokens_join_to_what_is_read_as_them_and_a_beginning_is_cut(kind, begin, text, more, count):
    own = Tokenisation(kind, begin=begin)
    tokens = own.read(text)
    both = own.read(own.join(more, after=text))
    if kind == "characters":
        assert both[bool(begin) :] == (*text, *"".join(more)) or not (text or more)
    else:
        assert own.split(own.join(more, after=text)) == (*own.split(text), *more)
    if count > bool(begin):
        assert own.read(own.cut(text, count)) == tokens[:count]


class Louder(nn.Linear):
    def forward(self, hidden):
        return 2 * super().forward(hidden)


class Anything:
    """Compares with nothing."""


def with_(**changed):
    return {**modules(), **changed}


SPOILT = with_()
with torch.no_grad():
    SPOILT["rnn"].weight_hh_l0[0, 0] = float("nan")
REFUSED = {
    "no head": ({"rnn": nn.GRU(3, 3)}, TOKENS, {}, "head must be"),
    "no recurrent layers": (with_(rnn=nn.Linear(5, 6)), TOKENS, {}, "rnn must be"),
    "a cell": (with_(rnn=nn.GRUCell(5, 6)), TOKENS, {}, "rnn must be"),
    "another head": (with_(head=nn.Sequential()), TOKENS, {}, "head must be"),
    "a misspelt name": (with_(emb=nn.Embedding(2, 2)), TOKENS, {}, "not emb"),
    "two directions": (with_(rnn=nn.GRU(5, 3, bidirectional=True)), TOKENS, {}, "bidirectional"),
    "a projection": (with_(rnn=nn.LSTM(5, 9, proj_size=6)), TOKENS, {}, "proj_size"),
    "relu": (with_(rnn=nn.RNN(5, 6, nonlinearity="relu")), TOKENS, {}, "relu"),
    "a head of another vocabulary": (with_(), (*TOKENS, "z"), {}, "size 12 where the vocabulary"),
    "other units": (with_(rnn=nn.GRU(5, 7)), TOKENS, {}, "head has the size 6 where rnn has 7"),
    "another embedding": (with_(embedding=nn.Embedding(12, 4)), TOKENS, {}, "rnn has the size 5"),
    "too many units": (with_(rnn=nn.GRU(5, 9000), head=nn.Linear(9000, 12)), TOKENS, {}, "8192"),
    "weights that are not finite": (SPOILT, TOKENS, {}, "not finite"),
    "a maximum norm": (with_(embedding=nn.Embedding(12, 5, max_norm=0.1)), TOKENS, {}, "nats"),
    "a forward of its own": (with_(head=Louder(6, 12)), TOKENS, {}, "nats"),
    "a token twice": (with_(), ("a",) * 12, {}, "not: 'a'"),
    "an empty token": (with_(), ("", *TOKENS[1:]), {}, "not: ''"),
    "half a character": (with_(), ("\ud800", *TOKENS[1:]), {}, "ud800"),
    "no text": (with_(), (Anything(), *TOKENS[1:]), {}, "Anything"),
    "numbers with a gap": (with_(), {"a": 0, "b": 2}, {}, "0 to 1"),
    "no such token": (with_(), TOKENS, {"end": "<eos>"}, "“<eos>”, which is given as end"),
    "one token for two": (with_(), TOKENS, {"begin": "<s>", "end": "<s>"}, "different"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_saved_is_said_and_nothing_is_written(tmp_path, case):
    given, vocabulary, options, part = REFUSED[case]
    with pytest.raises(ExplorerError) as raised:
        explorer.save(given, vocabulary, tmp_path / "mine", **options)
    assert part in str(raised.value)
    assert not (tmp_path / "mine").exists()


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ExplorerError, match="cannot be"):
        explorer.save(modules(), TOKENS, tmp_path / "file" / "mine")
