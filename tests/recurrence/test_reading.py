"""A reading says of a text what the model itself says of it."""

import math

import numpy as np
import pytest
import torch

from explorer.errors import ExplorerError
from explorer.models.architecture import Architecture
from explorer.models.catalogue import PRETRAINED, load
from explorer.models.language_model import LanguageModel
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.parity import parity
from explorer.recurrence.precomputed_example import MODEL, TEXTS, PrecomputedExample, holding
from explorer.recurrence.reading import read
from explorer.text.recall import answer
from explorer.text.vocabulary import Vocabulary
from tests.recurrence import edited

VOCABULARY = Vocabulary(("<unk>", "a", "b", "c", " "))


@pytest.fixture(params=["rnn", "gru", "lstm"])
def model(request):
    torch.manual_seed(1)
    return LanguageModel(Architecture(request.param, len(VOCABULARY), 6, 2)).eval()


def test_the_surprise_is_what_the_model_pays_for_the_text(model):
    text = "abc a cab"
    reading = read(model, VOCABULARY, text)
    ids = torch.tensor([VOCABULARY.encode(text)])
    with torch.no_grad():
        logits, _ = model(ids[:, :-1])
    nats = torch.nn.functional.cross_entropy(logits[0], ids[0, 1:], reduction="none")
    np.testing.assert_allclose(reading.surprise[1:], nats.numpy() / math.log(2), rtol=1e-5)
    assert math.isnan(reading.surprise[0])


def test_guesses_are_the_likeliest_tokens_in_order(model):
    reading = read(model, VOCABULARY, "abca")
    for step, guesses in enumerate(reading.guesses(len(VOCABULARY))):
        shares = [p for _, p in guesses]
        assert shares == sorted(shares, reverse=True)
        assert sum(shares) == pytest.approx(1, abs=1e-5)
        assert {token for token, _ in guesses} == set(VOCABULARY.tokens)
        for token, p in guesses:
            place = VOCABULARY.tokens.index(token)
            assert p == pytest.approx(math.exp(reading.log_probs[step, place]), rel=1e-6)


def test_unknown_tokens_are_named_and_kept_as_they_were_written(model):
    reading = read(model, VOCABULARY, "aЖb")
    assert reading.tokens == ("a", "Ж", "b")
    assert reading.known == (True, False, True)
    same = read(model, VOCABULARY, "aYb")
    np.testing.assert_array_equal(reading.log_probs, same.log_probs)


def test_the_trace_carries_the_tokens_and_agrees_with_the_module(model):
    reading = read(model, VOCABULARY, "ab c")
    assert reading.trace["token"].values[0].tolist() == ["a", "b", " ", "c"]
    assert reading.parity == parity(
        model.rnn, model.inputs(torch.tensor([VOCABULARY.encode("ab c")]))
    )
    assert 0 < reading.parity.trace <= reading.parity.limit < 1e-6


def test_the_loss_is_the_mean_surprise(model):
    reading = read(model, VOCABULARY, "abca")
    assert reading.bits == pytest.approx(float(np.nanmean(reading.surprise)))
    assert math.isnan(read(model, VOCABULARY, "a").bits)


def test_an_intervention_that_changes_nothing_leaves_the_reading_bit_for_bit(model):
    plain = read(model, VOCABULARY, "ab cab")
    same = read(model, VOCABULARY, "ab cab", interventions=[Intervention("hidden", scale=1.0)])
    for name in plain.trace.data_vars:
        np.testing.assert_array_equal(same.trace[name].values, plain.trace[name].values)
    np.testing.assert_array_equal(same.log_probs, plain.log_probs)
    np.testing.assert_array_equal(same.surprise, plain.surprise)


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_an_edited_reading_predicts_what_the_edited_equations_do(cell):
    torch.manual_seed(4)
    model = LanguageModel(Architecture(cell, len(VOCABULARY), 6, 2)).double().eval()
    gate = {"gru": "update", "lstm": "forget"}[cell]
    change = Intervention(gate, value=0.25, layer=0, units=[1, 4], steps=range(2, 5))
    reading = read(model, VOCABULARY, "ab cabba", interventions=[change])

    def edit(layer, _direction, step, quantity, values):
        if (layer, quantity) == (0, gate) and step in range(2, 5):
            values = values.copy()
            values[[1, 4]] = 0.25
        return values

    X = model.inputs(torch.tensor([VOCABULARY.encode("ab cabba")]))[0].numpy()
    hidden = edited.stack(model.rnn, X, edit)[1, 0]["hidden"]
    logits = hidden @ model.head.weight.detach().numpy().T + model.head.bias.detach().numpy()
    expected = logits - np.log(np.exp(logits).sum(1, keepdims=True))
    np.testing.assert_allclose(reading.log_probs, expected, atol=1e-12)
    assert reading.parity is None


def test_a_text_without_characters_is_refused(model):
    with pytest.raises(ExplorerError, match="at least one character"):
        read(model, VOCABULARY, "")


@pytest.fixture(scope="module")
def shipped():
    return PrecomputedExample.read(PRETRAINED / "opening.json")


def test_the_start_page_shows_what_the_shipped_model_computes(shipped):
    model, card = load(MODEL)
    readings = [read(model, Vocabulary(card.vocabulary), text) for text in TEXTS]
    assert shipped.sha256 == card.sha256, "run: python -m explorer opening"
    assert shipped.texts == TEXTS
    states = np.stack([one.trace["hidden"].values[0, 0, 0] for one in readings])  # (2, T, H)
    gates = np.stack([one.trace["update"].values[0, 0, 0] for one in readings])
    np.testing.assert_allclose(
        shipped.states, states[..., shipped.units].transpose(2, 0, 1), atol=2e-3
    )
    np.testing.assert_allclose(shipped.gates, gates[..., shipped.units[0]], atol=2e-3)
    said = [[token for ((token, _p),) in one.guesses(1)] for one in readings]
    assert [[token for token, _p in of] for of in shipped.guesses] == said


def test_the_start_pages_symbol_is_written_held_and_read_out(shipped):
    gates = np.array(shipped.gates)
    assert (gates[:, shipped.written] < 0.5).all()
    assert (gates[:, shipped.written + 1 :] > 0.9).all()
    for guesses, text in zip(shipped.guesses, TEXTS, strict=True):
        token, p = guesses[shipped.asked]
        assert token == answer(text)
        assert p > 0.99


def test_the_units_that_hold_a_difference_are_furthest_apart_where_they_are_nearest():
    states = np.zeros((2, 6, 3))
    states[0, 2:, 0] = 0.5  # held to the end
    states[0, 2:5, 1], states[0, 4, 1] = 1.0, 0.1  # nearly lost before it is asked for
    states[0, :2, 2] = 1.0  # apart only before it was written
    assert holding(states, written=2).tolist() == [0, 1, 2]


def test_a_damaged_opening_names_its_file_and_the_cure(tmp_path):
    path = tmp_path / "opening.json"
    for content in (None, "{", "[1]", '{"model": "x"}'):
        if content is not None:
            path.write_text(content)
        with pytest.raises(ExplorerError, match=r"opening\.json.*git checkout"):
            PrecomputedExample.read(path)
