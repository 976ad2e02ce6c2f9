"""Shipped models and translators, as the command asks them."""

import json
from functools import cache
from random import Random

import numpy as np
import pytest
import torch
import xarray as xr
from click.testing import CliRunner

import explorer
from explorer.cli import main
from explorer.errors import ExplorerError
from explorer.models import catalogue
from explorer.models.architecture import Seq2SeqArchitecture
from explorer.models.seq2seq import Seq2Seq
from explorer.recurrence.intervention import Intervention
from explorer.seq2seq.forced_decoding import forced
from explorer.seq2seq.model_input import target_tokens
from explorer.seq2seq.translator import Translator
from explorer.text import recall
from explorer.text.sentences import sentences
from explorer.text.story import scenes
from explorer.text.vocabulary import BOS, EOS, PAD, Vocabulary
from explorer.unit_analysis import shipped
from explorer.unit_analysis.reader import Held
from explorer.unit_analysis.series import Place
from explorer.unit_analysis.translation_reader import TranslationReader
from explorer.unit_analysis.whose import reader_of

PAIRS = [f"{one.english}\t{one.french}" for one in sentences()[:40]]


@cache
def translator() -> Translator:
    """A translator of random weights that knows some words."""
    torch.manual_seed(0)
    source, target = (
        Vocabulary.from_tokens(" ".join(words).lower().split(), reserved=(PAD, BOS, EOS, *extra))
        for words, extra in (
            ([pair.split("\t")[0] for pair in PAIRS], ("<name>", "<number>")),
            ([pair.split("\t")[1] for pair in PAIRS], ("<name>", "<number>")),
        )
    )
    sizes = Seq2SeqArchitecture("gru", len(target), 8, 2, embedding_size=6, source_size=len(source))
    model = Seq2Seq(sizes).eval().requires_grad_(False)
    return Translator(model, source, target)


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def test_the_command_lists_the_unit_that_counts_the_line(tmp_path):
    out, text = tmp_path / "units.nc", tmp_path / "scenes.txt"
    text.write_text("\n\n".join(scene.text for scene in scenes()), encoding="utf-8")
    options = ("--corpus", text, "--no-effects", "--own-contexts", "--json", "--out", out)
    done = run("units", "gru-timemachine", *options)
    assert done.exit_code == 0, done.output
    listed = json.loads(done.stdout)["units"]
    fields = {"layer", "quantity", "unit", "label", "score", "baseline", "effect", "p"}
    assert all(fields <= set(row) for row in listed)
    (row,) = [
        row
        for row in listed
        if (row["quantity"], row["unit"], row["label"]) == ("hidden", 141, "column")
    ]
    assert row["score"] > 0.6 > 3 * row["baseline"]
    assert row["p"] < 0.01
    written = xr.open_dataset(out, engine="h5netcdf")
    assert written["best_unit"].sel(label="column").values[0] == 141
    provenance = shipped.provenance(catalogue.card("gru-timemachine"))
    assert {name: written.attrs[name] for name in provenance} == provenance


def test_the_last_tenth_alone_is_measured_on(tmp_path):
    text = tmp_path / "text.txt"
    text.write_text(("a line of words\n" * 10 + "\n") * 25, encoding="utf-8")  # 4,025 characters
    done = run("units", "gru-recall", "--corpus", text, "--last-tenth", "--no-effects", "--json")
    assert done.exit_code == 0, done.output
    about = json.loads(done.stdout)
    assert (about["steps_chosen_by"], about["steps_measured_on"]) == (3_623, 402)


def test_contexts_come_from_the_texts_that_are_asked():
    texts, own = [recall.free(Random(n), 60) for n in range(8)], recall.free(Random("own"), 50)
    found = explorer.units("gru-recall", texts, contexts_from=own, with_effects=False)
    plain = explorer.units("gru-recall", texts, with_effects=False)
    xr.testing.assert_identical(found["scores"], plain["scores"])
    (read,) = reader_of("gru-recall").reader.read([own])
    values = read.trace["hidden"].values[0, 0, 0]  # (T, H)
    at = found.sel(quantity="hidden").isel(layer=0, direction=0, context=0)
    assert (at["highest_text"] == 0).all()
    assert (at["highest_start"] == 0).all()
    np.testing.assert_array_equal(at["highest_step"], values.argmax(axis=0))
    np.testing.assert_allclose(at["lowest"], values.min(axis=0))


def test_the_command_says_what_is_wrong_in_a_sentence(tmp_path):
    text = tmp_path / "text.txt"
    text.write_text("a\n", encoding="utf-8")
    for options, said in (
        (["nonsense"], "There is no model “nonsense”"),
        (["gru-recall", "--corpus", tmp_path / "none"], "There is no file"),
        (["gru-recall", "--corpus", text], "too little text"),
        (["gru-recall", "--corpus", text, "--test-sentences"], "Cannot tell which sentences"),
        (["gru-recall", "--out", tmp_path / "units.csv"], "ends in .nc or .zarr"),
    ):
        done = run("units", *options)
        assert done.exit_code == 2, options
        assert said in done.stderr
    with pytest.raises(ExplorerError, match="has no tab: no pair"):
        explorer.units(translator(), ["no pair\n" * 200])
    with pytest.raises(ExplorerError, match="the encoder or the decoder, not middle"):
        explorer.units(translator(), PAIRS, part="middle")


@pytest.mark.parametrize("part", ["encoder", "decoder"])
def test_a_translator_is_read_as_it_translates(part):
    reader = TranslationReader(translator(), part)
    with explorer.record(translator().model, module=part) as recording:
        forced(
            translator(),
            PAIRS[3].split("\t")[0],
            target_tokens(translator(), PAIRS[3].split("\t")[1]),
        )
    read = reader.read(PAIRS)[3]
    expected = recording[part][0]
    assert len(read.tokens) == expected.sizes["step"]
    np.testing.assert_allclose(read.trace["hidden"], expected["hidden"], atol=1e-6)


@pytest.mark.parametrize("part", ["encoder", "decoder"])
def test_what_a_pair_costs_is_what_forced_decoding_says(part):
    held = Held(Place(1, "forward", "update", 3), 0.25)
    cost = TranslationReader(translator(), part).costs(PAIRS, [held])[3]
    source, target = PAIRS[3].split("\t")
    tokens = target_tokens(translator(), target)
    module = getattr(translator().model, part)
    change = Intervention("update", value=0.25, layer=1, units=3)
    as_is = forced(translator(), source, tokens)
    with explorer.intervening(translator().model, change, module=module):
        with_it = forced(translator(), source, tokens)
    assert cost.tokens == (*tokens, EOS)
    for row, one in zip(cost.bits, (as_is, with_it), strict=True):
        expected = [-step.log_prob / np.log(2) for step in one.steps]
        np.testing.assert_allclose(row, expected, atol=1e-5)
    assert np.abs(cost.bits[1] - cost.bits[0]).max() > 1e-5


@pytest.mark.parametrize("part", ["encoder", "decoder"])
def test_units_of_a_translator_have_all_they_should(part):
    pairs = [f"{one.english}\t{one.french}" for one in sentences()]
    found = explorer.units(translator(), ["\n".join(pairs)], part=part)
    assert dict(found.sizes)["layer"] == 2
    expected = "negation" if part == "encoder" else "words left"
    assert expected in found["label"].values
    assert (found["score"] >= 0).any()
    assert int(found["highest_text"].max()) < len(pairs)
