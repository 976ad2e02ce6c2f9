"""The model that fills in words: its states are torch's, and it never sees the word itself."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from explorer.models.architecture import InfillArchitecture
from explorer.models.infill import Infill, turn
from explorer.models.seq2seq import Source

READS = ("both", "forward", "backward")


def model_of(reads, cell="lstm", seed=0):
    torch.manual_seed(seed)
    sizes = InfillArchitecture(
        cell=cell, vocabulary_size=9, hidden_size=4, embedding_size=3, reads=reads
    )
    return Infill(sizes).eval().requires_grad_(False)


def sentence(*ids):
    return Source(torch.tensor([ids]), torch.tensor([len(ids)]))


@given(st.sampled_from(READS), st.integers(3, 8), st.data())
@settings(max_examples=40, deadline=None)
def test_a_change_reaches_the_places_that_read_it_and_no_others(reads, length, data):
    model = model_of(reads)
    ids = data.draw(st.lists(st.integers(1, 8), min_size=length, max_size=length))
    place = data.draw(st.integers(0, length - 1))
    before = model(sentence(*ids))[0]
    after = model(sentence(*ids[:place], 0, *ids[place + 1 :]))[0]
    moved = {j for j in range(1, length - 1) if not torch.equal(before[j - 1], after[j - 1])}
    behind, in_front = {*range(place + 1, length - 1)}, {*range(1, place)}
    assert moved == (behind if reads != "backward" else set()) | (
        in_front if reads != "forward" else set()
    )


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_the_states_around_a_place_are_those_of_torchs_own_layers(cell):
    model = model_of("both", cell)
    ids = torch.tensor([[2, 5, 1, 7, 3]])
    embedded = model.embedding(ids)
    kinds = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}
    one_way = kinds[cell](3, 4, batch_first=True)
    states = {}
    for name, ending in (("forward", ""), ("backward", "_reverse")):
        weights = {n: getattr(model.rnn, n + ending) for n in one_way.state_dict()}
        one_way.load_state_dict(weights)
        read = embedded if name == "forward" else embedded.flip(1)
        hidden = one_way(read)[0].detach()
        states[name] = hidden if name == "forward" else hidden.flip(1)
    around = model.around(embedded, torch.tensor([5]))
    expected = torch.cat([states["forward"][:, :-2], states["backward"][:, 2:]], -1)
    torch.testing.assert_close(around, expected)


@pytest.mark.parametrize("reads", READS)
def test_a_sentence_is_read_alike_alone_and_beside_a_longer_one(reads):
    model = model_of(reads)
    short, long = [2, 4, 6, 3], [2, 1, 5, 7, 8, 3]
    together = Source(torch.tensor([[*short, 0, 0], long]), torch.tensor([4, 6]))
    both = model(together)
    torch.testing.assert_close(both[0, :2], model(sentence(*short))[0])
    torch.testing.assert_close(both[1], model(sentence(*long))[0])


def test_turning_twice_changes_nothing_and_padding_stays_behind():
    values, lengths = torch.arange(12.0).view(2, 6, 1), torch.tensor([4, 6])
    turned = turn(values, lengths)
    assert turned[0, :, 0].tolist() == [3, 2, 1, 0, 4, 5]
    assert torch.equal(turn(turned, lengths), values)


@pytest.mark.parametrize(
    "wrong", [{"layers": 2}, {"reads": "sideways"}, {"embedding_size": 0}, {"cell": "tree"}]
)
def test_sizes_that_will_not_do_are_refused(wrong):
    right = {
        "cell": "lstm",
        "vocabulary_size": 9,
        "hidden_size": 4,
        "embedding_size": 3,
        "reads": "both",
    }
    with pytest.raises(ValueError, match=r"layer|reads|size|cell"):
        InfillArchitecture(**{**right, **wrong})
