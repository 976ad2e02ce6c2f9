"""Units that are planted are found, and nothing is where nothing was planted."""

from functools import cache

import numpy as np
import pytest
import torch

import explorer
from explorer.errors import ExplorerError
from explorer.models.architecture import Architecture
from explorer.models.language_model import LanguageModel
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.reading import read as reading_of
from explorer.text.vocabulary import Vocabulary
from explorer.unit_analysis.character_labels import inside_brackets
from explorer.unit_analysis.corpus import Corpus
from explorer.unit_analysis.language_reader import LanguageReader
from explorer.unit_analysis.named_units import named_units
from tests.unit_analysis.planted import (
    ALPHABET,
    BRACKET,
    COUNTER,
    HIDDEN,
    Whole,
    bits,
    inputs,
    since_newline,
    text,
)

LABELS = {"line": since_newline, "brackets": inside_brackets, "b": lambda t: [c == "b" for c in t]}


@cache
def found():
    reader = explorer.ModuleReader(Whole(), inputs, loss=bits)
    return explorer.units(reader, text(40), labels=LABELS, quantities=["hidden", "update"])


def best(dataset, label, candidate=0):
    one = dataset.sel(label=label).isel(candidate=candidate)
    return str(dataset["quantity"].values[int(one["best_quantity"])]), int(one["best_unit"]), one


def test_the_planted_units_are_found_with_their_labels():
    hidden = found().sel(quantity="hidden").isel(layer=0, direction=0)
    assert hidden["follows"].values[COUNTER] == "line"
    assert hidden["follows"].values[BRACKET] == "brackets"
    assert best(found(), "line")[:2] == ("hidden", COUNTER)
    assert best(found(), "brackets")[:2] == ("hidden", BRACKET)
    for unit, score in ((COUNTER, hidden["score"][COUNTER]), (BRACKET, hidden["score"][BRACKET])):
        assert score > 0.99, unit
        assert hidden["low"][unit] <= score + 1e-9
        assert score - 1e-9 <= hidden["high"][unit]
        assert hidden["p"][unit] < 0.01
        assert not hidden["trivial"][unit]


def test_what_two_tokens_say_is_called_trivial():
    one = best(found(), "b")[2]
    assert one["best_baseline"] == pytest.approx(1, abs=1e-3)
    assert one["best_trivial"]
    assert {row.label for row in named_units(found())} == {"line", "brackets"}


def test_holding_the_counter_costs_new_lines_and_nothing_else_of_its_kind_does():
    rows = [row for row in named_units(found()) if (row.quantity, row.unit) == ("hidden", COUNTER)]
    assert rows
    assert rows[0].effect_token == "\n"
    assert rows[0].effect > 0.4
    assert rows[0].effect_low <= rows[0].effect <= rows[0].effect_high
    assert rows[0].effect_rank == 1
    hidden = found().sel(quantity="hidden", unit=COUNTER).isel(layer=0, direction=0)
    beside = hidden["effect_beside"].values
    assert np.isfinite(beside).any()
    assert np.nanmax(np.abs(beside)) < 1e-6  # the head reads the counter alone


def test_the_distribution_is_that_of_the_traces():
    reader = explorer.ModuleReader(Whole(), inputs)
    passages = list(Corpus((text(40),)).everything())
    traces = [one.trace for passage in passages for one in reader.read([passage.pieces[0].content])]
    states = np.concatenate([trace["hidden"].values[0, 0, 0] for trace in traces])  # (N, H)
    states = states.astype(np.float64)
    hidden = found().sel(quantity="hidden").isel(layer=0, direction=0)
    np.testing.assert_allclose(hidden["mean"], states.mean(0), atol=1e-6)
    np.testing.assert_allclose(hidden["deviation"], states.std(0), atol=1e-6)
    exact = np.quantile(states, hidden["quantile"].values, axis=0).T
    share = [(states[:, unit, None] <= exact[unit]).mean(0) for unit in range(HIDDEN)]
    said = hidden["quantiles"].values
    share_said = [(states[:, unit, None] <= said[unit] + 1e-7).mean(0) for unit in range(HIDDEN)]
    noise = [n for n in range(HIDDEN) if n not in (BRACKET, COUNTER)]  # those have many ties
    np.testing.assert_allclose(np.array(share_said)[noise], np.array(share)[noise], atol=0.05)
    np.testing.assert_allclose(found()["half_life"], explorer.half_life(traces), rtol=1e-9)


def test_contexts_are_where_a_unit_is_highest():
    whole, reader = text(40), explorer.ModuleReader(Whole(), inputs)
    one = found().sel(quantity="hidden", unit=COUNTER).isel(layer=0, direction=0, context=0)
    start, step = int(one["highest_start"]), int(one["highest_step"])
    counted = since_newline(whole)
    passages = [piece for passage in Corpus((whole,)).everything() for piece in passage.pieces]
    piece = next(piece for piece in passages if piece.start == start)
    trace = reader.read([piece.content])[0].trace
    assert trace["hidden"].values[0, 0, 0, step, COUNTER] == pytest.approx(float(one["highest"]))
    assert counted[start + step] == max(counted)


def test_shuffled_labels_find_nothing_beyond_chance():
    """Labels as slow as lines are, but drawn at random: a name would be one by chance."""
    reader = explorer.ModuleReader(Whole(), inputs)

    def random(seed):
        def label(tokens):
            chance = np.random.default_rng([seed, len(tokens), *map(ord, tokens[:50])])
            return np.repeat(chance.random(len(tokens)), 7)[: len(tokens)] > 0.5

        return label

    labels = {f"random {seed}": random(seed) for seed in range(8)}
    dataset = explorer.units(reader, text(40), labels=labels, with_effects=False)
    tested = dataset["best_p"].values
    assert not (tested < 0.01).any()
    assert np.abs(dataset["scores"] - 0.5).max() < 0.2
    assert named_units(dataset) == ()


def test_effects_are_those_of_a_direct_recomputation():
    torch.manual_seed(1)
    model = LanguageModel(Architecture("gru", 1 + len(ALPHABET), 24)).eval().requires_grad_(False)
    vocabulary = Vocabulary(("<unk>", *ALPHABET))
    whole = text(24)
    labels = {"line": since_newline, "brackets": inside_brackets}
    dataset = explorer.units(LanguageReader(model, vocabulary), whole, labels=labels)
    effects = dataset["effect"].isel(layer=0, direction=0)
    measured = np.argwhere(~np.isnan(effects.values))
    assert len(measured)
    passages = list(Corpus((whole,)).measured_on())
    seen = [
        reading_of(model, vocabulary, one.pieces[0].content) for one in Corpus((whole,)).chosen_by()
    ]
    for quantity, unit in measured[:3]:
        name = str(dataset["quantity"].values[quantity])
        mean = np.concatenate([one.trace[name].values[0, 0, 0, :, unit] for one in seen]).mean()
        held = Intervention(name, value=float(mean), units=int(unit))
        one = dataset.isel(quantity=quantity, unit=unit, layer=0, direction=0)
        token, rises, all_rises = str(one["effect_token"].item()), [], []
        for passage in passages:
            content = passage.pieces[0].content
            as_is = reading_of(model, vocabulary, content).surprise
            with_it = reading_of(model, vocabulary, content, interventions=[held]).surprise
            at = np.array([c == token for c in content]) & ~np.isnan(as_is)
            rises.append((with_it - as_is)[at])
            all_rises.append((with_it - as_is)[1:])
        assert float(one["effect"]) == pytest.approx(np.concatenate(rises).mean(), abs=1e-5)
        overall = np.concatenate(all_rises).mean()
        assert float(one["effect_overall"]) == pytest.approx(overall, abs=1e-5)


def test_traces_alone_will_do():
    reader = explorer.ModuleReader(Whole(), inputs)
    pieces = [
        piece.content for passage in Corpus((text(40),)).everything() for piece in passage.pieces
    ]
    traces = [one.trace for one in reader.read(pieces)]
    dataset = explorer.units(traces, labels=LABELS)
    assert best(dataset, "line")[:2] == ("hidden", COUNTER)
    assert np.isnan(dataset["effect"]).all()


@pytest.mark.filterwarnings("ignore:LSTM with projections")
@pytest.mark.parametrize("cell", ["gru", "lstm", "rnn"])
def test_every_cell_layer_and_direction_has_its_place(cell):
    torch.manual_seed(0)
    kind = {"gru": torch.nn.GRU, "lstm": torch.nn.LSTM, "rnn": torch.nn.RNN}[cell]
    more = {"proj_size": 2} if cell == "lstm" else {}
    module = kind(len(ALPHABET), 3, 2, bidirectional=True, batch_first=True, **more).eval()
    dataset = explorer.units(explorer.ModuleReader(module, inputs), text(12), labels=LABELS)
    assert dict(dataset.sizes)["layer"] == 2
    assert list(dataset["direction"].values) == ["forward", "backward"]
    assert dataset["score"].isel(quantity=0).notnull().all()
    if more:
        hidden = dataset.sel(quantity="hidden")
        assert hidden["score"].isel(unit=slice(2)).notnull().all()
        assert hidden["score"].isel(unit=2).isnull().all()
        assert (hidden["follows"].isel(unit=2) == "").all()


def test_what_cannot_be_asked_is_refused_in_a_sentence():
    reader = explorer.ModuleReader(Whole(), inputs)
    with pytest.raises(ExplorerError, match="too little text"):
        explorer.units(reader, "ab\n", labels=LABELS)
    with pytest.raises(ExplorerError, match="no label"):
        explorer.units(reader, text(9), labels={})
    with pytest.raises(ExplorerError, match="not in a Linear"):
        explorer.units(torch.nn.Linear(2, 2), text(9))
    with pytest.raises(ExplorerError, match="nothing called 'forget'"):
        explorer.units(reader, text(9), labels=LABELS, quantities=["forget"])
    wrong = explorer.ModuleReader(Whole(), inputs, loss=lambda model, tokens: [0.0])
    with pytest.raises(ExplorerError, match="a number for each of"):
        explorer.units(wrong, text(40), labels=LABELS)
